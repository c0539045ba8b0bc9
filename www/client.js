import { createClient } from '/pkg/index.js';

const PAGE_SPEED = 30;

/**
 * Connects to what the page's server offers, or to a simulator in the page when there is no such server.
 *
 * @returns {Promise<{ cloud: object, mode: 'simulator' | 'upstream', inPage: boolean, speed: number,
 *   clock: { now(): number }, requests: EventTarget, sizes: object[] }>}
 *   `speed` is in simulated milliseconds per millisecond, 1 when nothing is simulated; `clock` is what the watching goes
 *   by; `requests` tells of each request, by an event with the name of its last segment
 */
export async function connect() {
  const config = await readConfig();
  if (!config) return { ...(await simulation()), inPage: true, sizes: [] };
  const { mode, endpoint, projectId, token, sizes = [] } = config;
  const requests = new EventTarget();
  const options = { endpoint, projectId, token, fetch: counted(globalThis.fetch, requests) };
  if (mode !== 'simulator') {
    return { cloud: createClient(options), mode, inPage: false, speed: 1, clock: Date, requests, sizes };
  }
  const { createClock } = await import('/pkg/simulator.js');
  const { speed } = config;
  const clock = createClock({ speed });
  return { cloud: createClient({ ...options, clock }), mode, inPage: false, speed, clock, requests, sizes };
}

/** A client whose requests end in a simulator in the page: it needs no server at all. */
export async function simulatedClient() {
  return (await simulation()).cloud;
}

/** A client whose requests are never answered: they end when their time is up. */
export function silentClient() {
  const fetch = (_, { signal }) =>
    new Promise((_, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    });
  return createClient({ endpoint: '/huawei', projectId: 'demo', token: null, fetch });
}

async function simulation() {
  const { createClock, createSimulator } = await import('/pkg/simulator.js');
  const [clock, requests] = [createClock({ speed: PAGE_SPEED }), new EventTarget()];
  const fetch = counted(createSimulator({ speed: PAGE_SPEED }), requests);
  const cloud = createClient({ endpoint: '/huawei', projectId: 'demo', token: 'simulator-token', fetch, clock });
  return { cloud, mode: 'simulator', speed: PAGE_SPEED, clock, requests };
}

const counted = (fetch, requests) => (url, init) => {
  requests.dispatchEvent(new Event(url.slice(url.lastIndexOf('/') + 1)));
  return fetch(url, init);
};

async function readConfig() {
  try {
    const response = await fetch('/config.json');
    return response.ok ? await response.json() : null;
  } catch {
    return null;
  }
}

/** An id that plays a scenario of the simulator, new each time so that it starts from the beginning. */
export const scenarioId = (scenario) => `${scenario}-${Math.random().toString(36).slice(2, 10)}`;
