// The signature of a request with an access key (AK/SK): SDK-HMAC-SHA256. It stands here and not in the module, as a page
// has no business with a secret key: what a browser loads is lighter without it, and the key stays in one memory.

const ALGORITHM = 'SDK-HMAC-SHA256';

/** What stands for the hash of a body that is not signed. */
const UNSIGNED_PAYLOAD = 'UNSIGNED-PAYLOAD';

/**
 * The headers that sign a request: `Authorization`, and those that it covers but `Host`, which `fetch` sets.
 *
 * @param {{ method: string, url: string, body: string | null, form: object | null }} request as the module prepared it; a
 *   form has a file, and its body is not signed
 * @param {{ accessKey: string, secretKey: string, securityToken?: string }} credentials
 * @param {string} projectId
 * @param {number} time by the services' clock, in epoch milliseconds
 */
export async function sign({ method, url, body, form }, credentials, projectId, time) {
  const { host, pathname, search } = new URL(url);
  const headers = { 'X-Project-Id': projectId, 'X-Sdk-Date': new Date(time).toISOString().replace(/[-:]|\.\d+/g, '') };
  if (credentials.securityToken !== undefined) headers['X-Security-Token'] = credentials.securityToken;
  if (form !== null) headers['X-Sdk-Content-Sha256'] = UNSIGNED_PAYLOAD;
  const signed = { method, path: pathname, query: search.slice(1), headers: { ...headers, Host: host }, body };
  return { ...headers, Authorization: await authorization(signed, credentials) };
}

/** The `Authorization` of a request: `headers` are those that it covers, with their time, `query` is percent-encoded. */
export async function authorization({ method, path, query, headers, body }, { accessKey, secretKey }) {
  const named = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value.trim()]);
  const sorted = named.sort(([one], [other]) => (one < other ? -1 : 1));
  const names = sorted.map(([name]) => name).join(';');
  const canonicalRequest = [
    method,
    canonicalPath(path),
    canonicalQuery(query),
    ...sorted.map(([name, value]) => `${name}:${value}`),
    '',
    names,
    headers['X-Sdk-Content-Sha256'] ?? (await sha256(body ?? '')),
  ].join('\n');
  const stringToSign = [ALGORITHM, headers['X-Sdk-Date'], await sha256(canonicalRequest)].join('\n');
  const signature = await hmac(secretKey, stringToSign);
  return `${ALGORITHM} Access=${accessKey}, SignedHeaders=${names}, Signature=${signature}`;
}

/** The path as the service signs it, which is as it has decoded it: a slash within a segment is a slash again. */
const canonicalPath = (path) => path.replaceAll('%2F', '/').replace(/\/?$/, '/');

/** In the order of the names, then of the values. What they are made of sorts before `=` or not at all. */
function canonicalQuery(query) {
  const pairs = query.split('&').map((pair) => pair.split('='));
  const compare = ([name, value], [otherName, otherValue]) =>
    name === otherName ? (value < otherValue ? -1 : 1) : name < otherName ? -1 : 1;
  return pairs.sort(compare).map((pair) => pair.join('=')).join('&');
}

const { subtle } = globalThis.crypto ?? {};

const bytesOf = (text) => new TextEncoder().encode(text);

const hex = (buffer) => Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, '0')).join('');

const sha256 = async (text) => hex(await subtle.digest('SHA-256', bytesOf(text)));

async function hmac(secret, text) {
  const key = await subtle.importKey('raw', bytesOf(secret), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  return hex(await subtle.sign('HMAC', key, bytesOf(text)));
}
