import { byId, el, setText } from './dom.js';
import { scenarioId, silentClient } from './client.js';
import { errorPanel } from './trouble.js';

const TROUBLES = [
  { label: '401', hint: 'Token refused', scenario: 'unauthorized' },
  { label: '403', hint: 'Not allowed', scenario: 'forbidden' },
  { label: '404', hint: 'Not there', scenario: 'missing' },
  { label: '429', hint: 'Too many requests', scenario: 'throttled' },
  { label: '500', hint: 'Service broken', scenario: 'broken' },
  { label: 'HTML', hint: 'From a proxy', scenario: 'html' },
  { label: 'Half', hint: 'Truncated body', scenario: 'truncated' },
  { label: 'Time-out', hint: 'No answer at all', silent: true },
];
const SHORT_MS = 400;

/**
 * Brings the fourth section to life. The calls are real; what answers them is simulated.
 *
 * @param {object} cloud the client whose requests the simulator answers
 * @param {{ upstream: boolean }} options whether the rest of the page talks to a real service
 */
export function begin(cloud, { upstream }) {
  const silent = silentClient();
  let latest;
  const call = async ({ label, scenario, silent: isSilent }) => {
    const mine = Symbol(label);
    latest = mine;
    byId('errors-result').replaceChildren(el('p', { class: 'empty' }, 'Asking …'));
    const question = isSilent
      ? silent.apig.gatewayProgress(scenarioId('gateway'), { timeoutMs: SHORT_MS })
      : cloud.apig.gatewayProgress(scenarioId(scenario));
    const error = await question.then(
      () => new Error('The call went well after all.'),
      (reason) => reason,
    );
    if (latest !== mine) return;
    byId('errors-result').replaceChildren(errorPanel(error));
    setText(byId('errors-live'), `${error.name}. ${error.message}`);
  };
  byId('errors-buttons').append(
    ...TROUBLES.map((trouble) => {
      const words = [el('strong', {}, trouble.label), ' ', el('span', {}, trouble.hint)];
      const button = el('button', { type: 'button', class: 'tile' }, ...words);
      button.addEventListener('click', () => call(trouble));
      return button;
    }),
  );
  const where = upstream ? 'These calls go to a simulator in the page, not to the real service. ' : '';
  setText(byId('errors-note'), `${where}The time-out waits ${SHORT_MS} ms for a network that never answers.`);
}
