// @ts-check
/**
 * The simulated services: what the vendor's pages describe, answered without account and without network.
 *
 * It knows nothing of the client: it writes its bodies itself, so it can be trusted to test the client. It needs `URL`,
 * `Headers`, `Response` and, for signatures, `crypto.subtle` of the platform and nothing else, so it runs in browsers,
 * workers, Node and Deno.
 */
import { refusal } from './answers.js';
import { createClock } from './clock.js';
import { findEndpoint, scenarios } from './endpoints.js';
import { createIdentity } from './iam.js';
import { randomFrom, randomId } from './random.js';
import { readRequest } from './request.js';
import { pickScenario } from './scenarios.js';
import { isSigned, signatureFault } from './signature.js';
import { createThrottle } from './throttle.js';

/** @import { Simulator, SimulatorOptions } from '../entry/simulator.js' */
/** @import { Answer, Scenario, Settings, SimulatedRequest } from './types.js' */

export { scenarios };

const MAX_OPERATIONS = 10_000;

const DEFAULTS = {
  seed: 1,
  speed: 1,
  clock: Date.now,
  token: 'simulator-token',
  user: 'demo-user',
  password: 'demo-password',
  domain: 'demo-domain',
};

/**
 * @param {SimulatorOptions} options
 * @returns {Settings}
 */
const withDefaults = (options) => {
  const defined = Object.entries(options).filter(([, value]) => value !== undefined);
  return { ...DEFAULTS, ...Object.fromEntries(defined) };
};

/**
 * @param {string} requestId
 * @param {string} fault
 */
const wrongSignature = (requestId, fault) => ({
  status: 401,
  body: {
    error_code: 'APIGW.0301',
    error_msg: `Incorrect IAM authentication information: ${fault}`,
    request_id: requestId,
  },
});

/**
 * @param {Answer} answer
 * @param {string} requestId
 */
function toResponse({ status, body, headers }, requestId) {
  return new Response(typeof body === 'string' ? body : JSON.stringify(body), {
    status,
    headers: { 'Content-Type': 'application/json', 'X-Request-Id': requestId, ...headers },
  });
}

/**
 * Makes a simulator: a function that answers requests as the documents describe. Its type says more, and which parts
 * are documented and which assumed.
 *
 * @param {SimulatorOptions} [options]
 * @returns {Simulator}
 * @throws {RangeError} when `speed`, `tokenLifetimeMs` or a number of `throttle` is no number, or is outside its limits
 * @example
 * const simulator = createSimulator({ speed: 60 });
 * const cloud = createClient({ region: 'cn-north-4', projectId: 'any', token: 'simulator-token', fetch: simulator });
 * await cloud.apig.gatewayProgress('gateway-1');
 */
export function createSimulator(options = {}) {
  const settings = withDefaults(options);
  const { seed, clock, credentials } = settings;
  const time = createClock({ clock, speed: settings.speed });
  const identity = createIdentity(settings, time.now);
  const refuseOverBudget = createThrottle(settings.throttle);
  /** @type {Map<string, { start: number, attempts: number, scenario?: Scenario | undefined }>} */
  const begun = new Map();
  let requests = 0;

  /**
   * @param {string} key
   * @param {Scenario} [scenario]
   */
  function begin(key, scenario) {
    const operation = { start: Math.floor(time.now()), attempts: 0, scenario };
    begun.set(key, operation);
    if (begun.size > MAX_OPERATIONS) begun.delete(/** @type {string} */ (begun.keys().next().value));
    return operation;
  }

  /**
   * Plays the scenario of what the request asks about.
   *
   * @param {NonNullable<ReturnType<typeof findEndpoint>>} asked
   * @param {SimulatedRequest} request
   * @param {string} requestId
   */
  function play({ endpoint, address, id: idInPath }, request, requestId) {
    const id = endpoint.idOf?.(request) ?? idInPath ?? '';
    const key = endpoint.idOf ? `${address} ${id}` : address;
    const operation = begun.get(key) ?? begin(key);
    operation.attempts += 1;
    const scenario = operation.scenario ?? pickScenario(endpoint, seed, id);
    return scenario({
      id,
      seed,
      address,
      request,
      requestId,
      identity,
      begin,
      start: operation.start,
      elapsed: time.now() - operation.start,
      attempt: operation.attempts,
      timing: randomFrom(seed, id, 'timing'),
      content: randomFrom(seed, id, 'content'),
    });
  }

  /**
   * @param {SimulatedRequest} request
   * @param {string} requestId
   */
  async function answer(request, requestId) {
    const isBySignature = isSigned(request);
    const fault = isBySignature ? await signatureFault(request, credentials, clock()) : null;
    if (fault !== null) return wrongSignature(requestId, fault);

    const asked = findEndpoint(request.url.pathname);
    if (!asked) {
      return refusal(404, 'APIG.0101', 'The API does not exist or has not been published in the environment.');
    }
    const { endpoint } = asked;
    const isLetIn = endpoint.isOpen || isBySignature || identity.accepts(request.headers.get('X-Auth-Token'));
    if (!isLetIn) return endpoint.unauthorized(request);
    if (request.method !== endpoint.method) {
      return refusal(405, 'APIG.0201', 'API request error.', { Allow: endpoint.method });
    }
    return endpoint.check(request) ?? play(asked, request, requestId);
  }

  /**
   * @param {string | URL | Request} input
   * @param {RequestInit} [init]
   */
  async function simulator(input, init) {
    const request = readRequest(input, init);
    if (request.signal?.aborted) throw request.signal.reason;
    requests += 1;
    const requestId = randomId(randomFrom(seed, 'request', requests));
    const overBudget = refuseOverBudget(clock(), requestId);
    return toResponse(overBudget ?? (await answer(await request.withBody(), requestId)), requestId);
  }

  return /** @type {Simulator} */ (Object.defineProperties(simulator, Object.getOwnPropertyDescriptors(time)));
}
