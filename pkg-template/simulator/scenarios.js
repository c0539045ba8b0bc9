// @ts-check
/** Which scenario an id stands for. */
import { choose, randomFrom } from './random.js';

/** @import { Endpoint } from './types.js' */

/**
 * What answers a question about an id: the longest scenario that it names, or one of the usual ones.
 *
 * @param {Pick<Endpoint, 'scenarios' | 'usual'>} endpoint
 * @param {number} seed
 * @param {string} id
 */
export function pickScenario({ scenarios, usual }, seed, id) {
  const names = Object.keys(scenarios).filter((name) => id === name || id.startsWith(`${name}-`));
  const [longest] = names.sort((one, other) => other.length - one.length);
  const [, scenario] = scenarios[longest ?? choose(randomFrom(seed, id, 'scenario'), usual)];
  return scenario;
}
