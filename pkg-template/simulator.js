/**
 * The simulated services: what the vendor's pages describe, answered without account and without network.
 *
 * It knows nothing of the client: it writes its bodies itself, so it can be trusted to test the client. It needs `URL`,
 * `Headers` and `Response` of the platform and nothing else, so it runs in browsers, workers, Node and Deno.
 */
import { refusal } from './simulator/answers.js';
import { unauthorized as gatewayUnauthorized } from './simulator/gateway.js';
import { randomFrom, randomId } from './simulator/random.js';
import { instanceScenario, scenarios, taskScenario } from './simulator/scenarios.js';
import { unauthorized as taskUnauthorized } from './simulator/task.js';

export { scenarios };

const MAX_OPERATIONS = 10_000;

const ENDPOINT = /\/v2\/[^/]+\/apigw\/instances\/([^/]+)\/(?:progress|async-tasks\/([^/]+))$/;

/** What a relative address is relative to: the page, or a name that no network knows where there is none. */
function baseUrl() {
  const page = globalThis.location?.href;
  return /^https?:/.test(page) ? page : 'http://simulator.invalid/';
}

/** The parts of a request that matter here. It is not made into a `Request`: Node's refuses relative addresses. */
function readRequest(input, init = {}) {
  const request = input?.url === undefined ? {} : input;
  return {
    pathname: new URL(request.url ?? input, baseUrl()).pathname,
    method: (init.method ?? request.method ?? 'GET').toUpperCase(),
    token: new Headers(init.headers ?? request.headers).get('X-Auth-Token'),
    signal: init.signal === undefined ? request.signal : init.signal,
  };
}

/** Which operation a path asks about, or `null` when no endpoint has that path. */
function readPath(pathname) {
  const match = ENDPOINT.exec(pathname);
  if (!match) return null;
  try {
    const [instanceId, taskId] = match.slice(1).map((segment) => segment && decodeURIComponent(segment));
    return taskId === undefined
      ? { key: match[0], id: instanceId, scenario: instanceScenario, unauthorized: gatewayUnauthorized }
      : { key: match[0], id: taskId, scenario: taskScenario, unauthorized: taskUnauthorized };
  } catch {
    return null;
  }
}

function atLeastZero(value, name) {
  if (!Number.isFinite(value) || value < 0) throw new RangeError(`${name} must be a number, 0 or more`);
  return value;
}

/** The time of a simulator: it never goes back, and it does not jump when its speed changes. */
function createClock(clock, initialSpeed) {
  let speed = 1;
  let lastTick = clock();
  let time = lastTick;
  const now = () => {
    const tick = clock();
    time += Math.max(0, tick - lastTick) * speed;
    lastTick = tick;
    return time;
  };
  const simulated = {
    now,
    advance(milliseconds) {
      time = now() + atLeastZero(milliseconds, 'milliseconds');
    },
    get speed() {
      return speed;
    },
    set speed(value) {
      now();
      speed = atLeastZero(value, 'speed');
    },
  };
  simulated.speed = initialSpeed;
  return simulated;
}

function toResponse({ status, body, headers }, requestId) {
  return new Response(typeof body === 'string' ? body : JSON.stringify(body), {
    status,
    headers: { 'Content-Type': 'application/json', 'X-Request-Id': requestId, ...headers },
  });
}

/**
 * Makes a simulator: a function that answers requests as the APIG pages describe. Its type says more, and which parts
 * are documented and which assumed.
 *
 * @param {import('./simulator').SimulatorOptions} [options]
 * @returns {import('./simulator').Simulator}
 * @throws {RangeError} when `speed` is not a number, or is negative
 * @example
 * const simulator = createSimulator({ speed: 60 });
 * const cloud = createClient({ region: 'cn-north-4', projectId: 'any', token: 'simulator-token', fetch: simulator });
 * await cloud.apig.gatewayProgress('gateway-1');
 */
export function createSimulator({ seed = 1, speed = 1, clock = Date.now, token = 'simulator-token' } = {}) {
  const time = createClock(clock, speed);
  const begun = new Map();
  let requests = 0;

  function begin(key) {
    const start = Math.floor(time.now());
    begun.set(key, start);
    if (begun.size > MAX_OPERATIONS) begun.delete(begun.keys().next().value);
    return start;
  }

  function answer(request, requestId) {
    const asked = readPath(request.pathname);
    if (!asked) {
      return refusal(404, 'APIG.0101', 'The API does not exist or has not been published in the environment.');
    }
    if (request.token !== token) return asked.unauthorized();
    if (request.method !== 'GET') return refusal(405, 'APIG.0201', 'API request error.', { Allow: 'GET' });

    const { id, key } = asked;
    const start = begun.get(key) ?? begin(key);
    return asked.scenario(seed, id)({
      id,
      requestId,
      start,
      elapsed: time.now() - start,
      timing: randomFrom(seed, id, 'timing'),
      content: randomFrom(seed, id, 'content'),
    });
  }

  async function simulator(input, init) {
    const request = readRequest(input, init);
    if (request.signal?.aborted) throw request.signal.reason;
    requests += 1;
    const requestId = randomId(randomFrom(seed, 'request', requests));
    return toResponse(answer(request, requestId), requestId);
  }

  return Object.defineProperties(simulator, Object.getOwnPropertyDescriptors(time));
}
