import { decodeAsyncTask, init, isTasksError } from '/pkg/index.js';
import { byId, count, el, facts, setText, shown } from './dom.js';
import { examples } from './examples.js';
import { renderTask, summary } from './result.js';
import { errorPanel } from './trouble.js';

const QUIET_MS = 200;

/** Brings the third section to life: what is typed is decoded, without any request. */
export async function begin() {
  const body = byId('decode-body');
  let timer;
  body.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(decode, QUIET_MS);
  });
  const fill = (text) => {
    body.value = text;
    clearTimeout(timer);
    return decode();
  };
  const buttons = examples.map(({ name, body: text }) => button(name, () => fill(text)));
  byId('decode-examples').append(
    ...buttons,
    button('Clear', () => {
      fill('');
      body.focus();
    }),
  );
  await fill(examples[0].body);
  setText(byId('decode-live'), '');
}

function button(name, onClick) {
  const element = el('button', { type: 'button' }, name);
  element.addEventListener('click', onClick);
  return element;
}

async function decode() {
  const text = byId('decode-body').value;
  if (text.trim() === '') {
    const empty = el('p', { class: 'empty' }, 'The decoded task appears here.');
    finish({ shows: empty, note: 'Waiting for a body.', heard: '' });
    return;
  }
  const size = count(new TextEncoder().encode(text).length, 'byte');
  try {
    // Done at once, unless the module has failed since: then this loads it anew.
    await init();
    const startedAt = performance.now();
    const task = decodeAsyncTask(text);
    const took = (performance.now() - startedAt).toFixed(1);
    const note = `${size}, decoded in ${took} ms, no request made.`;
    finish({ shows: renderTask(task), note, heard: `Decoded. ${summary(task)}` });
  } catch (error) {
    const note = `${size}, not decoded, no request made.`;
    finish({ shows: refusal(error), note, heard: 'This body cannot be decoded.', bad: true });
  }
}

function finish({ shows, note, heard, bad = false }) {
  byId('decode-result').replaceChildren(shows);
  byId('decode-body').setAttribute('aria-invalid', String(bad));
  setText(byId('decode-note'), note);
  setText(byId('decode-live'), heard);
}

function refusal(error) {
  if (!isTasksError(error) || error.kind !== 'decode') return errorPanel(error);
  return el(
    'div',
    { class: 'panel' },
    el('h3', {}, 'This is not the body of a task'),
    facts(
      [
        ['Where', error.path ? el('code', {}, shown(error.path)) : 'the body as a whole'],
        ['Expected', shown(error.expected)],
      ],
      'sheet',
    ),
    el('p', { class: 'quiet' }, el('code', {}, error.name), ': ', shown(error.message, 1_000)),
  );
}
