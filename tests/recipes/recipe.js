// The recipes of the documentation. What is tested is what stands there: a recipe that is missing, or that has other files
// than these, is an error.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const PAGE = 'docs/recipes.md';
const FENCED = /^```\w+\n(.*?)^```$/gms;
const FILE_NAME = /^(?:\/\/|<!--|#) ([\w./[\]-]+\.\w+)/;

/** Each recipe: its heading, its files, and the page that it is on. */
export const RECIPES = {
  Quickstart: { page: 'README.md', files: ['quickstart.mjs'] },
  'What pages share': { page: PAGE, files: ['cloud.ts'] },
  React: { page: PAGE, files: ['useOperation.ts', 'GatewayProgress.tsx'] },
  Vue: { page: PAGE, files: ['useOperation.ts', 'GatewayProgress.vue'] },
  'A page without a bundler': { page: PAGE, files: ['progress.html'] },
  'Proxy in Express': { page: PAGE, files: ['huawei.js'] },
  'Proxy in Next': { page: PAGE, files: ['app/huawei/[...path]/route.ts'] },
  'GitHub Actions': { page: PAGE, files: ['.github/workflows/apis.yaml'] },
};

/**
 * The sections of a page of the project, by heading.
 *
 * @param {string} page
 * @returns {[heading: string, text: string][]}
 */
export function sectionsOf(page) {
  const text = readFileSync(join(process.env.PROJECT_ROOT, page), 'utf8');
  return text
    .split(/^(?=## )/m)
    .slice(1)
    .map((section) => [section.split('\n', 1)[0].slice('## '.length), section]);
}

/**
 * The files of a recipe, by name: the code blocks below its heading, each of which names its file in its first line.
 *
 * @param {keyof typeof RECIPES} heading
 * @returns {Record<string, string>}
 */
export function recipe(heading) {
  const { page, files } = RECIPES[heading];
  const sections = sectionsOf(page).filter(([found]) => found === heading);
  assert.equal(sections.length, 1, `${page} must have one section "${heading}"`);
  const blocks = [...sections[0][1].matchAll(FENCED)].map(([, text]) => [FILE_NAME.exec(text)?.[1], text]);
  assert.deepEqual(
    blocks.map(([name]) => name),
    files,
    `the files of "${heading}" in ${page}`,
  );
  return Object.fromEntries(blocks);
}

/**
 * Writes files into a folder of their own, from where they find what is installed, until the tests have ended.
 *
 * @returns {string} the folder
 */
export function write(after, files) {
  const folder = mkdtempSync(join(import.meta.dirname, 'made-'));
  after(() => rmSync(folder, { recursive: true }));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}
