import { createClient } from '/pkg/index.js';

const PAGE_SPEED = 30;

/**
 * Connects to what the page's server offers, or to a simulator in the page when there is no such server.
 *
 * @returns {Promise<{ cloud: object, mode: 'simulator' | 'upstream', inPage: boolean, speed: number,
 *   sizes: object[] }>}
 *   `speed` is in simulated milliseconds per millisecond, 1 when nothing is simulated
 */
export async function connect() {
  const config = await readConfig();
  if (!config) {
    return { cloud: await simulatedClient(), mode: 'simulator', inPage: true, speed: PAGE_SPEED, sizes: [] };
  }
  const { mode, endpoint, projectId, token, sizes = [] } = config;
  const speed = mode === 'simulator' ? config.speed : 1;
  return { cloud: createClient({ endpoint, projectId, token }), mode, inPage: false, speed, sizes };
}

/** A client whose requests end in a simulator in the page: it needs no server at all. */
export async function simulatedClient() {
  const { createSimulator } = await import('/pkg/simulator.js');
  const fetch = createSimulator({ speed: PAGE_SPEED });
  return createClient({ endpoint: '/huawei', projectId: 'demo', token: 'simulator-token', fetch });
}

/** A client whose requests are never answered: they end when their time is up. */
export function silentClient() {
  const fetch = (_, { signal }) => new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
  return createClient({ endpoint: '/huawei', projectId: 'demo', token: null, fetch });
}

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
