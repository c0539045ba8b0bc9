import { explain } from '/pkg/explain.js';
import { isTasksError } from '/pkg/index.js';
import { badge, el, facts, shown } from './dom.js';

/**
 * Why an operation failed: the service's code, what it means and what to do.
 *
 * @param {{ code: string | null, message: string | null }} failure as the service said it
 */
export function failurePanel({ code, message }) {
  const explanation = explain(code);
  return el(
    'div',
    { class: 'panel' },
    el('p', { class: 'code-line' }, el('code', {}, shown(code)), ' ', el('strong', {}, meaningOf(explanation))),
    ...(explanation ? [el('p', {}, explanation.advice)] : []),
    el('p', { class: 'quiet' }, 'The service says: ', el('q', {}, shown(message))),
  );
}

/** What a code means, or that this version has no words for it. */
export const meaningOf = (explanation) => explanation?.meaning ?? 'This version has no words for this code.';

/** What a call threw, with everything a program can decide by. */
export function errorPanel(error) {
  if (!isTasksError(error)) {
    return el('div', { class: 'panel' }, el('p', {}, 'The page itself failed: ', shown(String(error))));
  }
  const explanation = explain(error.code);
  const worth = error.retryable ? badge('warn', 'ask again later') : badge('bad', 'do not repeat');
  const none = el('span', { class: 'quiet' }, 'none');
  const code = (value) => (value === null || value === undefined ? none.cloneNode(true) : el('code', {}, shown(value)));
  return el(
    'div',
    { class: 'thrown' },
    el('h3', {}, el('code', {}, error.name), ' ', worth),
    el('p', { class: 'sentence' }, shown(error.message, 1_000)),
    ...(error.code ? [el('p', {}, el('strong', {}, meaningOf(explanation)), ' ', explanation?.advice ?? '')] : []),
    facts(
      [
        ['kind', code(error.kind)],
        ['status', code(error.status)],
        ['code', code(error.code)],
        ['retryable', code(String(error.retryable))],
        ['requestId', code(error.requestId)],
        ...(error.kind === 'decode'
          ? [
              ['path', code(error.path || null)],
              ['expected', code(error.expected)],
            ]
          : []),
      ],
      'sheet',
    ),
  );
}
