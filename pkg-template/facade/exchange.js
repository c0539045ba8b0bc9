// One call on its way. The module says what to send and what an answer comes to; here it is sent, timed and waited for.
import { sign } from '#platform';
import { Interrupt, startBounds } from './bounds.js';
import { readText, toBytes } from './bytes.js';
import { printable, wrong } from './checks.js';
import { AuthError, isTasksError, reasonOf, toError } from './errors.js';
import { init, run } from './instance.js';
import { argumentsToJson } from './options.js';

const DEFAULT_TIMEOUT_MS = 30_000;
const DEFAULT_RETRIES = 2;

/** What the module said of an error beyond the error itself: `leastMs`, `budget`. */
const advice = new WeakMap();
export const adviceOn = (error) => advice.get(error) ?? {};

/** Makes a call and gives what its answer says, with the body as it came. */
export const ask = async (...given) => (await answerTo(...given)).view;

/**
 * Makes a call, again where that may help, and gives what its answer says and what it shows of an operation.
 *
 * @param {string} name the call's name in the module
 * @param {object} args its arguments
 * @param {object} client the client's options, checked
 * @param {object} options `signal`, `timeoutMs`, `maxRetries`, checked
 * @param {Uint8Array} [file] the file of an import
 */
export async function answerTo(name, args, client, options, file) {
  const given = argumentsToJson(args);
  await init();
  const { region, endpoint, endpoints } = client;
  const request = run(`prepare ${name}`, given, JSON.stringify({ region, endpoint, endpoints }));
  if (request.url.startsWith('/') && client.fetch === undefined && globalThis.location === undefined) {
    throw wrong('endpoint', 'a path needs a page to be on; expected an absolute URL here');
  }
  const { signal } = options;
  const timeoutMs = options.timeoutMs ?? client.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  const maxRetries = options.maxRetries ?? client.maxRetries ?? DEFAULT_RETRIES;
  const bounds = startBounds(signal, timeoutMs);
  const conclude = (known, body) => run(`conclude ${name}`, JSON.stringify({ ...known, maxRetries }), '', body);
  try {
    return await exchange({ request, client, file, bounds, conclude });
  } catch (thrown) {
    if (!(thrown instanceof Interrupt)) throw thrown;
    if (!thrown.isTimeout) throw reasonOf(signal);
    throw toError(conclude({ unanswered: 'timeout', timeoutMs: Math.round(timeoutMs), url: request.url }).error);
  } finally {
    bounds.end();
  }
}

async function exchange(call) {
  const { request, client, bounds, conclude } = call;
  const credentials = request.provesItself ? undefined : client.credentials;
  let token = await tokenFor(call, null);
  let retries = 0;
  let renewed = token === null;
  for (;;) {
    const { cause, text, bytes, ...came } = await send(call, await bounds.race(proofFor(call, token)));
    const secrets = [...request.secrets, token, credentials?.secretKey, credentials?.securityToken].filter(Boolean);
    const chance = Math.floor(Math.random() * 2 ** 32);
    const known = { ...came, secrets, retries, renewed, chance, signed: credentials !== undefined };
    const { view, seen, raw, error, waitMs, newToken, ...more } = conclude(known, bytes);
    if (view !== null) return { view: { ...view, raw: raw ?? text }, seen };

    // A wait that does not fit into the time is not begun: the error says more than a time-out.
    if (waitMs !== null && waitMs < bounds.leftMs()) {
      await bounds.sleep(waitMs);
      retries += 1;
      continue;
    }
    const fresh = newToken ? await tokenFor(call, token) : token;
    if (fresh === token) {
      const thrown = toError({ ...error, cause });
      advice.set(thrown, more);
      throw thrown;
    }
    token = fresh;
    renewed = true;
  }
}

/** The token of the moment; `null` when none is to be sent. `expired` is the one that was refused. */
async function tokenFor({ request, client: { token }, bounds }, expired) {
  if (request.provesItself || token === null) return null;
  if (typeof token === 'string') return token;
  let given;
  try {
    given = await bounds.race((async () => token({ expired }))());
  } catch (thrown) {
    if (thrown instanceof Interrupt) throw thrown;
    throw new AuthError({ kind: 'auth', message: `${request.name}: the \`token\` function failed`, cause: thrown });
  }
  if (typeof given !== 'string') throw wrong('token', 'expected a string, found another type');
  return printable('token', given);
}

/** The headers that prove who sends a request. */
async function proofFor({ request, client }, token) {
  const { credentials, projectId, clockSkewMs = 0 } = client;
  if (request.provesItself) return {};
  if (credentials) return sign(request, credentials, printable('projectId', projectId), Date.now() + clockSkewMs);
  return token === null ? {} : { 'X-Auth-Token': token };
}

/** Sends a request and gives what came, or why nothing did. */
async function send({ request, client, file, bounds }, proof) {
  const { fetch = globalThis.fetch } = client;
  if (typeof fetch !== 'function') throw wrong('fetch', 'expected a function, and this platform has none');
  const { method, url, headers, body, form } = request;
  const init = {
    method,
    headers: { ...Object.fromEntries(headers), ...proof },
    // A redirect is not followed: the token would go with it.
    redirect: 'manual',
    signal: bounds.signal,
  };
  if (form !== null) init.body = formOf(request, file);
  else if (body !== null) init.body = body;
  try {
    const response = await bounds.race((async () => fetch(url, init))());
    return await read(response, bounds);
  } catch (thrown) {
    if (thrown instanceof Interrupt || isTasksError(thrown)) throw thrown;
    const unanswered = thrown?.name === 'AbortError' ? 'aborted' : 'connection';
    return { unanswered, url, cause: thrown };
  }
}

/** What a response says. It may be that of a mock, with few of the properties of a real one. */
async function read(response, bounds) {
  const status = response?.status;
  const reading = typeof response?.arrayBuffer === 'function' ? response.arrayBuffer() : response?.text?.();
  const body = await bounds.race(reading);
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : toBytes(body);
  if (!Number.isInteger(status) || bytes === null) throw wrong('fetch', 'expected it to answer with a Response');
  const header = (name) => headerOf(response, name);
  return {
    status,
    requestId: header('X-Request-Id'),
    subjectToken: header('X-Subject-Token'),
    retryAfterMs: retryAfterMs(header('Retry-After')),
    ...readText(bytes),
  };
}

function headerOf(response, name) {
  try {
    const value = response.headers.get(name);
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}

function formOf({ form, file: [field, name] }, file) {
  const data = new FormData();
  for (const [name, value] of form) data.append(name, value);
  data.append(field, new Blob([file]), name);
  return data;
}

/** What a `Retry-After` asks for: seconds or a date. */
function retryAfterMs(text = '') {
  if (/^\s*\d+\s*$/.test(text)) return Math.min(Number(text) * 1_000, Number.MAX_SAFE_INTEGER);
  const date = text.endsWith('GMT') ? Date.parse(text) : NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now());
}
