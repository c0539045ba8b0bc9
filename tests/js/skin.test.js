// What the package's own JavaScript may be: a thin skin. The module sends, waits, aborts and looks at the clock.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, posix } from 'node:path';
import { test } from 'node:test';

const { PROJECT_ROOT } = process.env;
// A parser that the package's minifier comes with.
const minifier = createRequire(join(PROJECT_ROOT, 'package.json')).resolve('terser');
const { parse } = createRequire(minifier)('acorn');

const MOST_LINES = 950;
const LONGEST_LINE = 120;

/** What the module does, and nothing else. */
const FORBIDDEN = /\bfetch\(|\bsetTimeout\b|\bDate\.now\b|\bAbortController\b/g;

/** What has to load the module before there is one. */
const LOADING = 'facade/instance.js';

const textOf = (file) => readFileSync(join(PROJECT_ROOT, 'pkg-template', file), 'utf8');

function filesOf(folder) {
  const names = readdirSync(join(PROJECT_ROOT, 'pkg-template', folder));
  return names.filter((name) => name.endsWith('.js')).map((name) => `${folder}/${name}`);
}

/** A program without its comments; its lines stay where they are. */
function codeOf(text) {
  const comments = [];
  parse(text, { ecmaVersion: 'latest', sourceType: 'module', onComment: comments });
  const cut = (code, { start, end }) =>
    code.slice(0, start) + code.slice(start, end).replace(/[^\n]/g, ' ') + code.slice(end);
  return comments.reduce(cut, text);
}

/** Files and all that they import. What is not named by its path is generated, or the platform's side. */
function heldBy(entries) {
  const held = new Set();
  const take = (file) => {
    if (held.has(file)) return;
    held.add(file);
    const { body } = parse(textOf(file), { ecmaVersion: 'latest', sourceType: 'module' });
    const sources = body.flatMap(({ source }) => source?.value ?? []);
    for (const path of sources) if (path.startsWith('.')) take(posix.join(posix.dirname(file), path));
  };
  entries.forEach(take);
  return [...held];
}

const forbiddenIn = (text) => codeOf(text).match(FORBIDDEN) ?? [];
const linesIn = (text) =>
  codeOf(text)
    .split('\n')
    .filter((line) => line.trim() !== '').length;

test('the skin neither sends nor waits, aborts or looks at the clock', () => {
  const files = filesOf('facade').filter((file) => file !== LOADING);
  assert.ok(files.length >= 12, `only ${files.length} files were found`);
  assert.deepEqual(
    files.flatMap((file) => forbiddenIn(textOf(file)).map((word) => `${file}: ${word}`)),
    [],
  );
});

test('all that the default entry holds is short', () => {
  const files = heldBy(['entry/index.js', 'platform/browser.js', 'platform/microtask.js', 'platform/text.js']);
  const counts = files.map((file) => linesIn(textOf(file)));
  const sum = counts.reduce((all, count) => all + count, 0);
  assert.ok(sum > 500, `only ${sum} lines were found`);
  assert.ok(sum <= MOST_LINES, `${sum} lines: ${files.map((file, index) => `${file} ${counts[index]}`).join(', ')}`);
});

test('no line is long', () => {
  const files = ['../src/wasm/host.js', ...['entry', 'facade', 'platform'].flatMap(filesOf)];
  const long = files.flatMap((file) =>
    textOf(file)
      .split('\n')
      .flatMap((line, index) => (line.length > LONGEST_LINE ? [`${file}:${index + 1}`] : [])),
  );
  assert.deepEqual(long, []);
});

test('a call of fetch would be noticed, and one in a comment or a text would not', () => {
  const text = [
    '// setTimeout(a)',
    '/** fetch(a)',
    ' * Date.now() */',
    "const a = 'https://h'; // new AbortController()",
    '',
    'export const b = /[/*]/.test(a) && fetch(a);',
    '',
  ].join('\n');
  assert.deepEqual(forbiddenIn(text), ['fetch(']);
  assert.equal(linesIn(text), 2);
});
