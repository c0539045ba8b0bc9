import { byId, el, setText } from './dom.js';
import { scenarioId } from './client.js';
import { oneAtATime } from './run.js';
import { renderTask, summary } from './result.js';
import { errorPanel } from './trouble.js';

/** Brings the second section to life: a task is watched until it ends, then shown decoded. */
export function begin({ cloud, mode, speed }) {
  const simulated = mode === 'simulator';
  const schedule = simulated ? { intervalMs: 1_000 * speed } : 'adaptive';
  const show = (...nodes) => byId('tasks-result').replaceChildren(...nodes);
  const announce = (text) => setText(byId('tasks-live'), text);

  const run = oneAtATime({
    onStop: () => {
      show(el('p', { class: 'empty' }, 'You stopped asking. The task itself goes on at the service.'));
      announce('Stopped.');
    },
    onError: (error) => {
      show(errorPanel(error));
      announce(`No answer: ${error.name}.`);
    },
    onRunning: (running) => {
      byId('tasks-stop').setAttribute('aria-disabled', String(!running));
      byId('tasks-result').setAttribute('aria-busy', String(running));
    },
  });

  const watch = () => {
    const ids = simulated ? simulatedIds() : typedIds();
    show(el('p', { class: 'empty' }, 'Asking …'));
    setText(byId('tasks-start'), simulated ? 'Start again' : 'Watch');
    run.start(async (signal) => {
      for await (const { detail } of cloud.watch({ kind: 'apig.task', ...ids }).changes({ signal, schedule })) {
        show(renderTask(detail));
        announce(summary(detail));
      }
    });
  };

  byId('tasks-choices').hidden = !simulated;
  byId('tasks-choices').disabled = !simulated;
  byId('tasks-ids').hidden = simulated;
  for (const input of byId('tasks-ids').querySelectorAll('input')) input.disabled = simulated;
  if (!simulated) setText(byId('tasks-start'), 'Watch');
  byId('tasks-choices').addEventListener('change', watch);
  byId('tasks-stop').addEventListener('click', run.stop);
  byId('tasks-form').addEventListener('submit', (event) => {
    event.preventDefault();
    watch();
  });
  // A choice made before this script ran, or kept by the browser over a reload, counts too.
  if (simulated && byId('tasks-choices').querySelector(':checked')) watch();
}

function simulatedIds() {
  const choices = byId('tasks-choices');
  const choice = choices.querySelector(':checked') ?? choices.querySelector('input');
  choice.checked = true;
  return { instanceId: scenarioId('gateway'), taskId: scenarioId(choice.value) };
}

const typedIds = () => ({ instanceId: byId('tasks-instance').value.trim(), taskId: byId('tasks-task').value.trim() });
