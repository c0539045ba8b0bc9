// The documentation: it is short where it begins, and its links lead somewhere, also on npmjs.com.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { test } from 'node:test';

const { PROJECT_ROOT, PACKAGE_DIR } = process.env;
const { repository } = JSON.parse(readFileSync(join(PACKAGE_DIR, 'package.json'), 'utf8'));
const ON_GITHUB = `${repository.url.replace(/^git\+|\.git$/g, '')}/blob/HEAD/`;

const PAGES = readdirSync(join(PROJECT_ROOT, 'docs')).filter((name) => name.endsWith('.md'));
const FILES = ['README.md', 'CONTRIBUTING.md', ...PAGES.map((name) => `docs/${name}`)];

const textOf = (file) => readFileSync(file, 'utf8').replaceAll(/^```.*?^```$/gms, '');

/** Where the links of a text lead, and its pictures come from. */
const linksOf = (text) => [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target);

/** The names that GitHub gives to the headings of a page. */
const anchorsOf = (text) =>
  [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading]) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );

/** Why a link into the project leads nowhere, or null. */
function problemOf(from, target) {
  const [path, anchor] = target.split('#');
  const file = path === '' ? from : resolve(dirname(from), path);
  if (relative(PROJECT_ROOT, file).startsWith('..') || !existsSync(file)) return `${target}: no such file`;
  if (anchor !== undefined && !anchorsOf(textOf(file)).includes(anchor)) return `${target}: no such heading`;
  return null;
}

for (const name of FILES) {
  test(`the links of ${name} lead to files and headings of the project`, () => {
    const file = join(PROJECT_ROOT, name);
    const links = linksOf(textOf(file)).filter((target) => !/^\w+:/.test(target));
    assert.deepEqual(
      links.map((target) => problemOf(file, target)).filter((problem) => problem !== null),
      [],
    );
  });
}

test('a link that leads nowhere is noticed', () => {
  const file = join(PROJECT_ROOT, 'README.md');
  assert.equal(problemOf(file, 'docs/calls.md#all-calls'), null);
  assert.match(problemOf(file, 'docs/calls.md#no-calls'), /no such heading/);
  assert.match(problemOf(file, 'docs/no-calls.md'), /no such file/);
});

test("the links of the package's README are absolute, as the pages are not in the package", () => {
  const links = linksOf(textOf(join(PACKAGE_DIR, 'README.md')));
  assert.ok(links.length > 10, links.join());
  for (const link of links) {
    assert.ok(link.startsWith(ON_GITHUB), link);
    assert.equal(problemOf(join(PROJECT_ROOT, 'README.md'), link.slice(ON_GITHUB.length)), null);
  }
});

test('every page is in the list of docs/README.md', () => {
  const listed = linksOf(textOf(join(PROJECT_ROOT, 'docs/README.md')));
  assert.deepEqual(
    PAGES.filter((name) => name !== 'README.md' && !listed.includes(name)),
    [],
  );
});

test('the README can be read in one go: it has less than 150 lines', () => {
  const lines = readFileSync(join(PROJECT_ROOT, 'README.md'), 'utf8').split('\n').length;
  assert.ok(lines < 150, `${lines} lines`);
});
