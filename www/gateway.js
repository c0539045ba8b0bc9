import { byId, duration, number, setText, shown } from './dom.js';
import { scenarioId } from './client.js';
import { oneAtATime } from './run.js';
import { errorPanel, failurePanel } from './trouble.js';

/** How often the page asks, and how often it shows the time, in real milliseconds. */
const EVERY_MS = 1_000;
const TICK_MS = 200;

const MILESTONES = [30, 50, 80, 90, 100];
const STATES = {
  running: { tone: 'busy', word: 'Being created', sentence: 'The service is building the gateway.' },
  succeeded: { tone: 'good', word: 'Ready', sentence: 'The gateway is there and can be used.' },
  failed: { tone: 'bad', word: 'Failed', sentence: 'The gateway could not be created.' },
};

const UNKNOWN =
  'The service used a word that this version does not know. It counts as neither success nor failure: ' +
  'the page goes on asking.';

/** Brings the first section to life. Simulated, it starts by itself; upstream, it waits for a gateway's id. */
export function begin({ cloud, mode, speed, clock, requests }) {
  const simulated = mode === 'simulator';
  // The package's own schedule spares requests; a show of every milestone does not.
  const schedule = simulated ? { intervalMs: EVERY_MS * speed } : 'adaptive';
  const heartbeatMs = TICK_MS * speed;
  let asked = 0;
  requests.addEventListener('progress', () => {
    asked += 1;
    setText(byId('gateway-asked'), number(asked));
  });

  const run = oneAtATime({
    onStop: () => {
      say('', 'Stopped', 'You stopped asking. The creation itself goes on at the service.');
      setText(byId('gateway-live'), 'Stopped.');
    },
    onError: (error) => {
      byId('gateway-problem').replaceChildren(errorPanel(error));
      say('bad', 'No answer', 'The question itself failed, so nothing is known about the gateway.');
      setText(byId('gateway-live'), `No answer: ${error.name}.`);
    },
    onRunning: (running) => byId('gateway-stop').setAttribute('aria-disabled', String(!running)),
  });

  const watch = () => {
    asked = 0;
    reset();
    const instanceId = simulated ? scenarioId(chosen()) : byId('gateway-id').value.trim();
    const creation = cloud.watch({ kind: 'apig.gateway', instanceId });
    run.start(async (signal) => {
      for await (const view of creation.changes({ signal, schedule, heartbeatMs })) show(view, clock.now());
    });
  };

  setText(byId('gateway-clock'), simulated ? `simulated, ${speed} times as fast` : 'real time');
  byId('gateway-outcomes').hidden = !simulated;
  byId('gateway-ids').hidden = simulated;
  byId('gateway-id').disabled = simulated;
  byId('gateway-outcomes').addEventListener('change', watch);
  byId('gateway-stop').addEventListener('click', run.stop);
  byId('gateway-form').addEventListener('submit', (event) => {
    event.preventDefault();
    watch();
  });
  if (simulated) watch();
  else setText(byId('gateway-sentence'), 'Give the id of a gateway that is being created.');
}

const chosen = () => byId('gateway-outcomes').querySelector(':checked').value;

function reset() {
  byId('gateway-problem').replaceChildren();
  setText(byId('gateway-live'), '');
  setText(byId('gateway-asked'), '0');
  setText(byId('gateway-elapsed'), duration(0));
  say('busy', 'Asking', 'The page asks for the first time.');
  showPercent(0, 'asking');
}

function show({ state, status, percent, error, eta, slow, elapsedMs }, now) {
  const known = STATES[state];
  const word = known?.word ?? shown(status, 40);
  const timing = state === 'running' ? timingInWords(eta, slow, now) : '';
  showPercent(percent, word);
  setText(byId('gateway-elapsed'), duration(elapsedMs));
  say(known?.tone ?? 'warn', word, (known?.sentence ?? UNKNOWN) + timing);
  byId('gateway-problem').replaceChildren(...(state === 'failed' ? [failurePanel(error)] : []));
  announce(percent, word, state === 'failed' ? error.code : null);
}

function timingInWords(eta, slow, now) {
  const end = eta ? ` It may take ${duration(eta.earliest - now)} to ${duration(eta.latest - now)} more.` : '';
  return slow ? ` It takes longer than usual.${end}` : end;
}

function say(tone, word, sentence) {
  byId('gateway').dataset.tone = tone;
  byId('gateway-badge').dataset.tone = tone;
  setText(byId('gateway-badge'), word);
  setText(byId('gateway-sentence'), sentence);
}

/** The text changes only with the state or the milestone, so this is also how often a screen reader speaks. */
function announce(percent, word, code) {
  const milestone = MILESTONES.findLast((mark) => percent >= mark);
  const parts = [`Gateway: ${word}`, ...(milestone ? [`${milestone} percent`] : []), ...(code ? [code] : [])];
  setText(byId('gateway-live'), parts.join(', '));
}

function showPercent(percent, word) {
  const bar = byId('gateway-bar');
  const width = Math.min(100, Math.max(0, percent ?? 0));
  setText(byId('gateway-percent'), percent === null ? '?' : String(percent));
  byId('gateway-fill').style.width = `${width}%`;
  if (percent === null) bar.removeAttribute('aria-valuenow');
  else bar.setAttribute('aria-valuenow', String(width));
  bar.setAttribute('aria-valuetext', `${percent === null ? 'unknown' : `${percent} percent`}, ${word}`);
  for (const [index, item] of [...byId('gateway-milestones').children].entries()) {
    item.toggleAttribute('data-passed', width >= MILESTONES[index]);
  }
}
