import { badge, count, el, facts, number, shown } from './dom.js';
import { exportedDocument, textView } from './document.js';
import { failurePanel, meaningOf } from './trouble.js';
import { explain } from '/pkg/explain.js';

const ROWS_SHOWN = 200;
const TYPES = { import_api: 'Import', export_api: 'Export' };
const STATUSES = {
  waiting: ['busy', 'Waiting'],
  processing: ['busy', 'Being worked on'],
  succeed: ['good', 'Succeeded'],
  failed: ['bad', 'Failed'],
};

/** What a task has come to, in one short sentence. */
export function summary(task) {
  const [, word] = statusOf(task);
  if (task.type !== 'import_api' || task.status !== 'succeed') return `${typeOf(task)}: ${word.toLowerCase()}`;
  const [imported, refused, leftOut] = [task.result.success, task.result.failure, task.result.ignore].map(
    ({ length }) => number(length),
  );
  return `Import: ${imported} imported, ${refused} refused, ${leftOut} left out`;
}

/** Shows a task: its status, its result decoded, and the body as it came. */
export function renderTask(task) {
  const [tone, word] = statusOf(task);
  const { lead = [], entries = [], rest = [] } = resultOf(task);
  return el(
    'div',
    { class: 'task' },
    el('header', { class: 'card-head' }, el('h3', {}, typeOf(task)), badge(tone, word)),
    ...lead,
    facts([...entries, ['Task', el('code', {}, shown(task.id, 80))]], 'sheet'),
    ...rest,
    el('details', {}, el('summary', {}, 'The body as it came'), textView(task.raw, 'The body as it came')),
  );
}

const typeOf = ({ type }) => TYPES[type] ?? shown(type, 40);

function statusOf({ status, result }) {
  if (result?.partial) return ['warn', 'Succeeded in part'];
  return STATUSES[status] ?? ['warn', shown(status, 40)];
}

/** What goes before the list of facts, into it, and after it. */
function resultOf({ type, status, result }) {
  if (status === 'failed' && result) return { lead: [failurePanel(result)] };
  if (type === 'import_api' && status === 'succeed') return importReport(result);
  if (type === 'export_api' && status === 'succeed') return exportedDocument(result);
  if (status === 'waiting' || status === 'processing') return { lead: [el('p', {}, 'There is no result yet.')] };
  return { lead: [el('p', {}, 'This version does not know this word. It counts as neither success nor failure.')] };
}

function importReport({ groupId, success, failure, ignore, swagger }) {
  const refused = el('span', { 'data-tone': failure.length > 0 ? 'bad' : '' }, number(failure.length));
  return {
    lead: [
      facts(
        [
          ['Imported', number(success.length)],
          ['Refused', refused],
          ['Left out', number(ignore.length)],
        ],
        'facts counts',
      ),
    ],
    entries: [
      ['API group', el('code', {}, shown(groupId, 80))],
      ['Document', el('code', {}, shown(swagger?.id, 80))],
      ['The service says', shown(swagger?.result, 80)],
    ],
    rest: [
      ...table('Refused', failure, ['Method', 'Path', 'Code', 'Why'], ({ code, message }) => [
        el('code', {}, shown(code, 40)),
        el('span', {}, meaningOf(explain(code)), el('small', {}, shown(message))),
      ]),
      ...table('Imported', success, ['Method', 'Path', 'Action', 'API id'], ({ action, id }) => [
        shown(action, 40),
        el('code', {}, shown(id, 80)),
      ]),
      ...table('Left out', ignore, ['Method', 'Path'], () => []),
    ],
  };
}

function table(title, rows, columns, cells) {
  if (rows.length === 0) return [];
  const body = rows
    .slice(0, ROWS_SHOWN)
    .map((row) =>
      el(
        'tr',
        {},
        el('td', {}, el('span', { class: 'method' }, shown(row.method, 20))),
        el('th', { scope: 'row' }, el('code', {}, shown(row.path))),
        ...cells(row).map((cell) => el('td', {}, cell)),
      ),
    );
  const cut = rows.length - body.length;
  const note = `The first ${ROWS_SHOWN} are shown; ${count(cut, 'more row')} left out here.`;
  return [
    el(
      'div',
      { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': title },
      el(
        'table',
        {},
        el('caption', {}, `${title} (${number(rows.length)})`),
        el('thead', {}, el('tr', {}, ...columns.map((name) => el('th', { scope: 'col' }, name)))),
        el('tbody', {}, ...body),
      ),
    ),
    ...(cut > 0 ? [el('p', { class: 'quiet' }, note)] : []),
  ];
}
