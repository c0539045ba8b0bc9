// @ts-check
/** What is read from a request: its address, its headers and its body. */

/** @import { RequestHead, SimulatedRequest } from './types.js' */

/** What a relative address is relative to: the page, or a name that no network knows where there is none. */
function baseUrl() {
  const page = globalThis.location?.href;
  return /^https?:/.test(page) ? page : 'http://simulator.invalid/';
}

/**
 * The bytes of a body, and the Content-Type that `fetch` would give it.
 *
 * @param {BodyInit | null} body
 */
async function readBody(body) {
  if (body === null) return { bytes: new Uint8Array(), impliedType: null };
  const carrier = new Response(body);
  return { bytes: new Uint8Array(await carrier.arrayBuffer()), impliedType: carrier.headers.get('Content-Type') };
}

/**
 * The parts of a request that matter here. It is not made into a `Request`: Node's refuses relative addresses.
 *
 * @param {string | URL | Request} input
 * @param {RequestInit} [init]
 * @returns {RequestHead & { withBody: () => Promise<SimulatedRequest> }}
 * `withBody` reads the body and gives the same again with `bytes`
 */
export function readRequest(input, init = {}) {
  const asRequest = /** @type {Partial<Request> | undefined} */ (input);
  const parts = asRequest?.url === undefined ? {} : asRequest;
  const request = {
    url: new URL(parts.url ?? `${input}`, baseUrl()),
    method: (init.method ?? parts.method ?? 'GET').toUpperCase(),
    headers: new Headers(init.headers ?? parts.headers),
    signal: init.signal === undefined ? parts.signal : init.signal,
  };
  const withBody = async () => {
    const body = init.body ?? (parts.body === null ? null : await parts.arrayBuffer?.());
    const { bytes, impliedType } = await readBody(body ?? null);
    if (impliedType !== null && !request.headers.has('Content-Type')) request.headers.set('Content-Type', impliedType);
    return { ...request, bytes };
  };
  return { ...request, withBody };
}
