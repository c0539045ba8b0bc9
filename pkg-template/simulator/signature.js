// @ts-check
/**
 * The check of an AK/SK signature, SDK-HMAC-SHA256. Needs WebCrypto, which browsers have on secure pages only.
 *
 * Documented: the code and status of a refusal, the algorithm, and that the clocks may differ by 15 minutes. Assumed:
 * the words after the colon of the message.
 */

/** @import { SimulatorCredentials } from '../entry/simulator.js' */
/** @import { RequestHead, SimulatedRequest } from './types.js' */

const CLOCK_SKEW_MS = 15 * 60_000;
const ALGORITHM = 'SDK-HMAC-SHA256';
const AUTHORIZATION =
  /^SDK-HMAC-SHA256 Access=([^,]+), *SignedHeaders=([a-z\d-]+(?:;[a-z\d-]+)*), *Signature=([0-9a-f]{64})$/;

/** @param {string} text */
const toBytes = (text) => new TextEncoder().encode(text);

/** @param {ArrayBuffer} buffer */
const toHex = (buffer) => Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, '0')).join('');

/** @param {Uint8Array<ArrayBuffer>} bytes */
const sha256 = async (bytes) => toHex(await crypto.subtle.digest('SHA-256', bytes));

/**
 * @param {string} secret
 * @param {string} text
 */
async function hmac(secret, text) {
  const key = await crypto.subtle.importKey('raw', toBytes(secret), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  return toHex(await crypto.subtle.sign('HMAC', key, toBytes(text)));
}

/** @param {string} text */
const encode = (text) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

/** @param {string} pathname */
function decode(pathname) {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return pathname;
  }
}

/**
 * The path, encoded anew and with a final slash. An encoded slash counts as a slash.
 *
 * @param {string} pathname
 */
function canonicalPath(pathname) {
  const path = decode(pathname).split('/').map(encode).join('/');
  return path.endsWith('/') ? path : `${path}/`;
}

/**
 * @param {string} one
 * @param {string} other
 */
const compare = (one, other) => (one < other ? -1 : Number(one > other));

/** @param {URLSearchParams} query */
const canonicalQuery = (query) =>
  [...query]
    .map(([name, value]) => [encode(name), encode(value)])
    .sort(([name, value], [otherName, otherValue]) => compare(name, otherName) || compare(value, otherValue))
    .map((pair) => pair.join('='))
    .join('&');

/**
 * The value of a signed header. Where the platform sets Host itself, it is that of the address.
 *
 * @param {RequestHead} request
 * @param {string} name
 */
const headerValue = ({ headers, url }, name) => (headers.get(name) ?? (name === 'host' ? url.host : '')).trim();

/**
 * @param {SimulatedRequest} request
 * @param {string[]} signedHeaders
 */
async function canonicalRequest(request, signedHeaders) {
  const { method, url, headers, bytes } = request;
  const declared = headers.get('X-Sdk-Content-Sha256');
  return [
    method,
    canonicalPath(url.pathname),
    canonicalQuery(url.searchParams),
    ...signedHeaders.map((name) => `${name}:${headerValue(request, name)}`),
    '',
    signedHeaders.join(';'),
    declared === 'UNSIGNED-PAYLOAD' ? declared : await sha256(bytes),
  ].join('\n');
}

/**
 * The time in `YYYYMMDDTHHMMSSZ`, in epoch milliseconds; NaN when it is not written so.
 *
 * @param {string} text
 */
const readTime = (text) => Date.parse(text.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));

/**
 * Whether a request is signed, be it well or badly.
 *
 * @param {RequestHead} request
 */
export const isSigned = ({ headers }) => headers.get('Authorization')?.startsWith(ALGORITHM) ?? false;

/**
 * Why the signature of a request is not accepted, or `null` when it is.
 *
 * @param {SimulatedRequest} request
 * @param {SimulatorCredentials | undefined} credentials the only ones that are known
 * @param {number} now the time of the platform's clock, in epoch milliseconds
 */
export async function signatureFault(request, credentials, now) {
  const [, accessKey, signed, signature] = AUTHORIZATION.exec(request.headers.get('Authorization') ?? '') ?? [];
  if (accessKey === undefined) return 'the Authorization header is malformed';
  if (accessKey !== credentials?.accessKey) return 'the access key does not exist';

  const signedHeaders = signed.split(';').sort();
  const needed = ['host', 'x-sdk-date'];
  if (!needed.every((name) => signedHeaders.includes(name))) return 'host and x-sdk-date must be signed';
  const { securityToken } = credentials;
  if (securityToken !== undefined) {
    const sent = signedHeaders.includes('x-security-token') && headerValue(request, 'x-security-token');
    if (sent !== securityToken) return 'the security token is missing, wrong or not signed';
  }

  const date = headerValue(request, 'x-sdk-date');
  if (!(Math.abs(readTime(date) - now) <= CLOCK_SKEW_MS)) return 'X-Sdk-Date differs by more than 15 minutes';

  const canonical = await sha256(toBytes(await canonicalRequest(request, signedHeaders)));
  const expected = await hmac(credentials.secretKey, `${ALGORITHM}\n${date}\n${canonical}`);
  return signature === expected ? null : 'verify aksk signature fail';
}
