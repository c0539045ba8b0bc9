// The call as one would write it without this package, with the same guarantees: the time-out covers the body, the
// caller's signal ends it, redirects are not followed, an error's body is read into the error, 429, 502, 503 and 504
// are tried again, the body's `status` is checked, and the text is kept as it came.
import { setTimeout as sleep } from 'node:timers/promises';

const AGAIN = new Set([429, 502, 503, 504]);

export class CallError extends Error {
  constructor(message, fields) {
    super(message);
    Object.assign(this, fields);
  }
}

export async function gatewayProgress({ endpoint, projectId, token }, instanceId, options = {}) {
  const { signal, timeoutMs = 30_000, maxRetries = 2 } = options;
  signal?.throwIfAborted();
  const path = `/v2/${encodeURIComponent(projectId)}/apigw/instances/${encodeURIComponent(instanceId)}/progress`;
  const controller = new AbortController();
  const onAbort = () => controller.abort(signal.reason);
  signal?.addEventListener('abort', onAbort);
  const onTime = () => controller.abort(new DOMException(`no answer within ${timeoutMs} ms`, 'TimeoutError'));
  const timer = setTimeout(onTime, timeoutMs);
  try {
    for (let retries = 0; ; retries += 1) {
      const response = await fetch(endpoint + path, {
        headers: { Accept: 'application/json', 'X-Auth-Token': token },
        redirect: 'manual',
        signal: controller.signal,
      });
      const raw = await response.text();
      if (response.status === 200) return progressOf(raw);
      if (!AGAIN.has(response.status) || retries === maxRetries) throw failureOf(response, raw);
      await pause(response, retries, controller.signal);
    }
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', onAbort);
  }
}

function progressOf(raw) {
  const body = parsed(raw);
  if (typeof body?.status !== 'string') throw new CallError('the answer has no `status`', { raw });
  const { progress, status, start_time, end_time, error_code, error_msg } = body;
  const error = error_code ? { code: error_code, message: error_msg } : null;
  return { percent: progress, state: status, startedAt: start_time, endedAt: end_time, error, raw };
}

function failureOf({ status, headers }, raw) {
  const { error_code: code, error_msg: message } = parsed(raw) ?? {};
  const requestId = headers.get('X-Request-Id');
  return new CallError(`answered ${status} ${code}: ${message}`, { status, code, requestId, raw });
}

/** What a text says as JSON; `undefined` when it is none. */
function parsed(raw) {
  try {
    return JSON.parse(raw);
  } catch {
    return undefined;
  }
}

async function pause({ headers }, retries, signal) {
  const seconds = Number(headers.get('Retry-After'));
  const milliseconds = seconds > 0 ? seconds * 1_000 : Math.random() * 500 * 2 ** retries;
  try {
    await sleep(milliseconds, undefined, { signal });
  } catch {
    // What `sleep` throws is an error of its own, and not the reason.
    throw signal.reason;
  }
}
