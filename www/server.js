/**
 * A small server for the demo page: its files, the built package, and at /huawei either the simulator or the real
 * service. It listens on this computer only and has no dependency.
 *
 *   node www/server.js --port 8080
 *   node www/server.js --upstream https://apig.cn-north-4.myhuaweicloud.com
 *
 * The second form needs HUAWEICLOUD_TOKEN and HUAWEICLOUD_PROJECT_ID in the environment.
 */
import { realpathSync } from 'node:fs';
import { readFile, realpath } from 'node:fs/promises';
import { createServer, request as httpRequest, validateHeaderValue } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { extname, join, sep } from 'node:path';
import { pipeline } from 'node:stream';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

const WWW = fileURLToPath(new URL('.', import.meta.url));
const PACKAGE = fileURLToPath(new URL('../pkg/', import.meta.url));
const SIZES = fileURLToPath(new URL('../target/package-sizes.json', import.meta.url));

const HOST = '127.0.0.1';
const ENDPOINT = '/huawei';
const UPSTREAM_TIMEOUT_MS = 60_000;
const MAX_BODY_BYTES = 4 * 1024 * 1024;

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
};

const SECURITY_HEADERS = {
  'Cache-Control': 'no-store',
  'Content-Security-Policy':
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; " +
    "img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'Cross-Origin-Resource-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
};

const HOP_BY_HOP = /^(connection|keep-alive|proxy-.*|te|trailer|transfer-encoding|upgrade)$/;

/** What the page's requests carry that is none of the service's business; the token is added afterwards. */
const KEPT_FROM_UPSTREAM =
  /^(host|expect|cookie|origin|referer|authorization|x-auth-token|sec-.*|forwarded|x-forwarded-.*)$/;

/** What the service's answers carry that the page must not get: credentials, and leave for other sites to read them. */
const KEPT_FROM_PAGE = /^(set-cookie|x-subject-token|x-auth-token|access-control-.*)$/;

function sendJson(response, status, value, headers = {}) {
  response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
  response.end(JSON.stringify(value));
}

function sendError(response, status, code, message, headers) {
  sendJson(response, status, { error_code: code, error_msg: message }, headers);
}

/** Sends a file of a folder. Only known types are served, and nothing that lies outside, not even through a link. */
async function sendFile(folder, path, response) {
  const type = TYPES[extname(path)];
  const isName = type && !path.includes('\0');
  const found = isName ? await realpath(join(folder, path)).catch(() => null) : null;
  const inside = found?.startsWith((await realpath(folder)) + sep);
  const content = inside && (await readFile(found).catch(() => null));
  if (!content) return sendError(response, 404, 'DEMO.404', 'There is no such file.');
  response.writeHead(200, { 'Content-Type': type, 'Content-Length': content.length });
  response.end(content);
}

/** A path with its escapes undone; empty, which is no file's, when they cannot be. */
function decodePath(pathname) {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return '';
  }
}

/** The address behind /huawei: https, or plain http on this computer, and an origin only. */
function readUpstream(text) {
  const url = URL.canParse(text) ? new URL(text) : null;
  const local = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(url?.hostname);
  if (url?.protocol !== 'https:' && !(url?.protocol === 'http:' && local)) {
    throw new Error('upstream must be an https: address (http: only on this computer)');
  }
  if (url.href !== `${url.origin}/`) throw new Error('upstream must be an origin: no path, query or user name');
  return url;
}

function checkToken(token) {
  if (!token) throw new Error('set HUAWEICLOUD_TOKEN to a token of the service');
  try {
    validateHeaderValue('X-Auth-Token', token);
  } catch {
    throw new Error('HUAWEICLOUD_TOKEN holds characters that no token has');
  }
}

/** The headers to pass on: neither those of one connection, nor those that are kept. */
function without(headers, kept = /^$/) {
  const named = String(headers.connection ?? '')
    .toLowerCase()
    .split(/\s*,\s*/);
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => !HOP_BY_HOP.test(name) && !kept.test(name) && !named.includes(name)),
  );
}

/**
 * The body of a request, `null` when it is too large. What is too much is read all the same, and dropped: who is still
 * sending reads no answer.
 */
async function readBody(request) {
  const chunks = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size <= MAX_BODY_BYTES) chunks.push(chunk);
  }
  return size <= MAX_BODY_BYTES ? Buffer.concat(chunks) : null;
}

/** Answers from the real service. The token is added here, so that the page never has it. */
function useUpstream(address, token, projectId) {
  const upstream = readUpstream(address);
  checkToken(token);
  if (!projectId) throw new Error('set HUAWEICLOUD_PROJECT_ID to the id of your project');
  const send = upstream.protocol === 'https:' ? httpsRequest : httpRequest;

  async function answerHuawei(path, request, response) {
    const headers = { ...without(request.headers, KEPT_FROM_UPSTREAM), 'x-auth-token': token };
    if (request.headers['transfer-encoding']) headers['transfer-encoding'] = 'chunked';
    const target = { method: request.method, headers, timeout: UPSTREAM_TIMEOUT_MS };
    const outgoing = send(new URL(upstream.origin + path), target);
    outgoing.on('timeout', () => outgoing.destroy(new Error('no answer in time')));
    response.on('close', () => outgoing.destroy());
    request.pipe(outgoing);
    try {
      const incoming = await new Promise((resolve, reject) => {
        outgoing.on('response', resolve);
        outgoing.on('error', reject);
      });
      response.writeHead(incoming.statusCode, { ...without(incoming.headers, KEPT_FROM_PAGE), ...SECURITY_HEADERS });
      pipeline(incoming, response, () => {});
    } catch (error) {
      sendError(response, 502, 'DEMO.502', `The service could not be reached: ${error.code ?? error.message}`);
    }
  }

  return { config: { mode: 'upstream', endpoint: ENDPOINT, projectId, token: null, speed: 1 }, answerHuawei };
}

async function importSimulator(packageDir) {
  try {
    return await import(pathToFileURL(join(packageDir, 'simulator.js')).href);
  } catch (cause) {
    if (cause.code !== 'ERR_MODULE_NOT_FOUND') throw cause;
    throw new Error('the package is not built: run `cargo xtask build` first', { cause });
  }
}

/** Answers from the simulator of the built package. */
async function useSimulator(packageDir, { speed, seed, token }) {
  const { createSimulator } = await importSimulator(packageDir);
  const simulator = createSimulator({ speed, seed, token });

  async function answerHuawei(path, request, response) {
    const body = await readBody(request);
    if (body === null) return sendError(response, 413, 'DEMO.413', `A body may have ${MAX_BODY_BYTES} bytes here.`);
    const answer = await simulator(path, { method: request.method, headers: without(request.headers), body });
    response.writeHead(answer.status, Object.fromEntries(answer.headers));
    response.end(Buffer.from(await answer.arrayBuffer()));
  }

  const config = { mode: 'simulator', endpoint: ENDPOINT, projectId: 'simulated-project', token, speed };
  return { config, answerHuawei };
}

/** The sizes of the package's entries as the build wrote them down, if it did. */
async function readSizes() {
  try {
    const sizes = JSON.parse(await readFile(SIZES, 'utf8'));
    return Array.isArray(sizes) ? sizes : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Starts the server on this computer (127.0.0.1).
 *
 * Other sites' pages cannot use it: requests for another host name, or sent by another origin's page, are refused.
 *
 * @param {object} [options]
 * @param {number} [options.port] 0, the default, picks a free one
 * @param {string} [options.packageDir] the folder of the built package; by default `pkg/` of the repository
 * @param {string} [options.upstream] the origin of the real service, such as
 *   `https://apig.cn-north-4.myhuaweicloud.com`; without it, the simulator answers
 * @param {string} [options.token] what is sent to the upstream as X-Auth-Token, by default HUAWEICLOUD_TOKEN of the
 *   environment; or the token that the simulator lets in
 * @param {number} [options.speed] simulated milliseconds per millisecond, 30 by default
 * @param {number} [options.seed] the simulator's seed
 * @returns {Promise<{ url: string, close: () => Promise<void> }>} `url` has no final slash
 * @throws {Error} a wrong option, a missing variable of the environment, a port that is taken
 * @example
 * const { url, close } = await serve({ port: 8080 });
 */
export async function serve({ port = 0, packageDir = PACKAGE, upstream, token, speed = 30, seed = 1 } = {}) {
  const { config, answerHuawei } =
    upstream === undefined
      ? await useSimulator(packageDir, { speed, seed, token: token ?? 'simulator-token' })
      : useUpstream(upstream, token ?? process.env.HUAWEICLOUD_TOKEN, process.env.HUAWEICLOUD_PROJECT_ID);

  let hosts = [];

  async function handle(request, response) {
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value);
    if (!hosts.includes(request.headers.host)) {
      return sendError(response, 403, 'DEMO.403', `This server answers at http://${hosts[0]} only.`);
    }
    const { origin } = request.headers;
    const site = request.headers['sec-fetch-site'] ?? 'same-origin';
    const foreign = origin !== undefined && !hosts.some((host) => origin === `http://${host}`);
    const ownPage = !foreign && ['same-origin', 'none'].includes(site);

    const address = `http://${hosts[0]}${request.url}`;
    if (!request.url.startsWith('/') || !URL.canParse(address)) {
      return sendError(response, 400, 'DEMO.400', 'The address of the request cannot be read.');
    }
    const { pathname, search } = new URL(address);
    if (pathname.startsWith(`${ENDPOINT}/`)) {
      if (!ownPage) return sendError(response, 403, 'DEMO.403', 'Only the demo page may ask.');
      return answerHuawei(pathname.slice(ENDPOINT.length) + search, request, response);
    }

    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return sendError(response, 405, 'DEMO.405', 'Only GET and HEAD are possible here.', { Allow: 'GET, HEAD' });
    }
    if (pathname === '/config.json') return sendJson(response, 200, { ...config, sizes: await readSizes() });
    const path = decodePath(pathname);
    if (path.startsWith('/pkg/')) return sendFile(packageDir, path.slice('/pkg/'.length), response);
    return sendFile(WWW, path === '/' ? 'index.html' : path, response);
  }

  const server = createServer((request, response) => {
    handle(request, response).catch((error) => {
      if (request.errored) return; // who asked has gone
      console.error(`${request.method} failed: ${error.message}`);
      if (response.headersSent) response.destroy();
      else sendError(response, 500, 'DEMO.500', 'The demo server failed.');
    });
  });
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, HOST, resolve);
  });
  const { port: actualPort } = server.address();
  hosts = [HOST, 'localhost'].flatMap((name) => (actualPort === 80 ? [name] : [`${name}:${actualPort}`]));
  return {
    url: `http://${HOST}:${actualPort}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function main() {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '8080' },
      upstream: { type: 'string' },
      speed: { type: 'string' },
      seed: { type: 'string' },
    },
  });
  const number = (text) => (text === undefined ? undefined : Number(text));
  const { url } = await serve({
    port: number(values.port),
    upstream: values.upstream,
    speed: number(values.speed),
    seed: number(values.seed),
  });
  console.log(`The demo is at ${url}/  (${values.upstream ?? 'simulated service'}; Ctrl+C ends it)`);
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  main().catch((error) => {
    const [reason] = error.message.split('\n');
    console.error(`The demo server cannot start: ${reason}`);
    process.exitCode = 1;
  });
}
