// What the tests of the simulator share: a simulator whose clock stands still, and questions to it.
import { createSimulator } from 'huaweicloud-tasks/simulator';

export const START = 1_700_000_000_000;
export const TOKEN = { headers: { 'X-Auth-Token': 'simulator-token' } };
export const TEN_MINUTES = 600_000;
export const gateway = (id) => `/v2/p/apigw/instances/${encodeURIComponent(id)}/progress`;
export const task = (id) => `/v2/p/apigw/instances/i/async-tasks/${encodeURIComponent(id)}`;

/** A simulator whose time moves by `advance` only, and questions to it. */
export function begin(options) {
  const simulator = createSimulator({ clock: () => START, ...options });
  const ask = (path, init = TOKEN) => simulator(path, init);
  const read = async (path) => (await ask(path)).json();
  return { simulator, ask, read };
}
