import { byId, duration, number, setText, shown } from './dom.js';
import { scenarioId } from './client.js';
import { oneAtATime } from './run.js';
import { errorPanel, failurePanel } from './trouble.js';

const EVERY_MS = 1_000;
const MILESTONES = [30, 50, 80, 90, 100];
const STATES = {
  running: { tone: 'busy', word: 'Being created', sentence: 'The service is building the gateway.' },
  succeeded: { tone: 'good', word: 'Ready', sentence: 'The gateway is there and can be used.' },
  failed: { tone: 'bad', word: 'Failed', sentence: 'The gateway could not be created.' },
};

const UNKNOWN = 'The service used a word that this version does not know. It counts as neither success nor failure: '
  + 'the page goes on asking.';

/** Brings the first section to life. Simulated, it starts by itself; upstream, it waits for a gateway's id. */
export function begin({ cloud, mode, speed }) {
  const simulated = mode === 'simulator';
  const clock = stopwatch(speed, !simulated);
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
    onRunning: (running) => {
      byId('gateway-stop').setAttribute('aria-disabled', String(!running));
      if (running) clock.start();
      else clock.stop();
    },
  });

  const watch = () => {
    reset();
    const instanceId = simulated ? scenarioId(chosen()) : byId('gateway-id').value.trim();
    const schedule = ({ asked }) => {
      setText(byId('gateway-asked'), number(asked));
      return EVERY_MS;
    };
    run.start(async (signal) => {
      for await (const view of cloud.watch({ kind: 'apig.gateway', instanceId }).changes({ signal, schedule })) {
        clock.tell(view);
        show(view, !simulated);
      }
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
  say('busy', 'Asking', 'The page asks for the first time.');
  showPercent(0, 'asking');
}

/** The end and the slowness are told by the real clock, so they mean nothing where time runs faster. */
function show({ state, status, percent, error, eta, slow }, real) {
  const known = STATES[state];
  const word = known?.word ?? shown(status, 40);
  const timing = real && state === 'running' ? timingInWords(eta, slow) : '';
  showPercent(percent, word);
  say(known?.tone ?? 'warn', word, (known?.sentence ?? UNKNOWN) + timing);
  byId('gateway-problem').replaceChildren(...(state === 'failed' ? [failurePanel(error)] : []));
  announce(percent, word, state === 'failed' ? error.code : null);
}

function timingInWords(eta, slow) {
  const time = (at) => new Date(at).toLocaleTimeString('en');
  const end = eta ? ` It may end between ${time(eta.earliest)} and ${time(eta.latest)}.` : '';
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

/** Shows how long the creation has taken: the clock runs on between two answers, and the service has the last word. */
function stopwatch(speed, real) {
  let startedAt = 0;
  let timer;
  const show = (milliseconds) => setText(byId('gateway-elapsed'), duration(milliseconds));
  return {
    start() {
      startedAt = performance.now();
      clearInterval(timer);
      timer = setInterval(() => show((performance.now() - startedAt) * speed), 200);
      show(0);
    },
    stop() {
      clearInterval(timer);
    },
    tell({ startedAt: from, endedAt: to }) {
      if (from === null) return;
      if (to === null) {
        if (real) startedAt = performance.now() - (Date.now() - from);
        return;
      }
      clearInterval(timer);
      show(to - from);
    },
  };
}
