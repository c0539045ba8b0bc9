import { count, el, shown } from './dom.js';

const CHARACTERS_SHOWN = 50_000;
const PATHS_SHOWN = 200;
const ANY_METHOD = 'x-apigateway-any-method';
const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace', ANY_METHOD];

/** Shows an exported document: what it is (`entries`), then its paths, its text and a button that saves it (`rest`). */
export function exportedDocument({ fileName, fileType, content, document, safeFileName }) {
  const info = document?.info;
  const paths = pathsOf(document);
  return {
    entries: [
      ['Title', shown(info?.title, 120)],
      ['Version', shown(info?.version, 80)],
      ['Format', shown([dialect(document), fileType].filter(Boolean).join(', '), 80)],
      ['File name', el('code', {}, shown(fileName))],
    ],
    rest: [
      ...(paths.length > 0 ? pathList(paths) : []),
      textView(content, 'The document'),
      el('p', { class: 'buttons' }, downloadButton(content, safeFileName)),
    ],
  };
}

/** Text in a box of its own, which can be scrolled by keyboard. Very long text is cut, and says so. */
export function textView(text, label) {
  const cut = text.length - CHARACTERS_SHOWN;
  const code = el('code', {}, text.slice(0, CHARACTERS_SHOWN));
  return el(
    'div',
    {},
    el('pre', { class: 'code', tabindex: 0, role: 'region', 'aria-label': label }, code),
    ...(cut > 0 ? [el('p', { class: 'quiet' }, `${count(cut, 'more character')} not shown here.`)] : []),
  );
}

function dialect(document) {
  if (typeof document?.openapi === 'string') return `OpenAPI ${document.openapi}`;
  if (typeof document?.swagger === 'string') return `Swagger ${document.swagger}`;
  return null;
}

function pathsOf(document) {
  const paths = document?.paths;
  if (typeof paths !== 'object' || paths === null) return [];
  return Object.entries(paths).map(([path, operations]) => ({
    path,
    methods: METHODS.filter((method) => Object.hasOwn(Object(operations), method)),
  }));
}

function pathList(paths) {
  const items = paths
    .slice(0, PATHS_SHOWN)
    .map(({ path, methods }) =>
      el(
        'li',
        {},
        el('code', {}, shown(path)),
        ' ',
        ...methods.map((method) =>
          el('span', { class: 'method' }, method === ANY_METHOD ? 'ANY' : method.toUpperCase()),
        ),
      ),
    );
  const left = paths.length - items.length;
  return [
    el('p', { class: 'title' }, count(paths.length, 'path')),
    el('ul', { class: 'paths', tabindex: 0, 'aria-label': 'Paths of the document' }, ...items),
    ...(left > 0 ? [el('p', { class: 'quiet' }, `${count(left, 'more path')} not shown here.`)] : []),
  ];
}

function downloadButton(content, fileName) {
  const button = el('button', { type: 'button', class: 'primary' }, `Download ${fileName}`);
  button.addEventListener('click', () => {
    const url = URL.createObjectURL(new Blob([content], { type: 'application/octet-stream' }));
    el('a', { href: url, download: fileName }).click();
    // The download reads the address after this turn of the event loop.
    setTimeout(() => URL.revokeObjectURL(url), 60_000);
  });
  return button;
}
