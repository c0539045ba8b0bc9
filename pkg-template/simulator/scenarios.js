/** Which scenario an id stands for. */
import { instanceScenarios, usualInstances } from './gateway.js';
import { randomFrom } from './random.js';
import { taskScenarios, usualTasks } from './task.js';

const descriptions = (table) =>
  Object.freeze(Object.fromEntries(Object.entries(table).map(([name, [description]]) => [name, description])));

export const scenarios = Object.freeze({
  instances: descriptions(instanceScenarios),
  tasks: descriptions(taskScenarios),
});

function pick(table, usual, seed, id) {
  const names = Object.keys(table).filter((name) => id === name || id.startsWith(`${name}-`));
  const [longest] = names.sort((one, other) => other.length - one.length);
  const random = randomFrom(seed, id, 'scenario');
  const [, scenario] = table[longest ?? usual[Math.floor(random() * usual.length)]];
  return scenario;
}

/** What answers the question about a gateway: `(operation) => answer`. */
export const instanceScenario = (seed, id) => pick(instanceScenarios, usualInstances, seed, id);

/** What answers the question about a task: `(operation) => answer`. */
export const taskScenario = (seed, id) => pick(taskScenarios, usualTasks, seed, id);
