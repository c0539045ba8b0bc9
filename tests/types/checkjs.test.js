// The package's own JavaScript: the compiler reads every file of it, and has nothing to say.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';

/** Where there is JavaScript of the package. */
const SOURCES = ['pkg-template', 'src'];

const { PROJECT_ROOT } = process.env;
const CONFIG = join(PROJECT_ROOT, 'tests/types/checkjs.json');

// The package does not export its program.
const compiler = createRequire(CONFIG).resolve('typescript/package.json');
const { bin } = JSON.parse(readFileSync(compiler, 'utf8'));

function tsc(...args) {
  const program = [join(dirname(compiler), bin.tsc), ...args];
  const { stdout, stderr, status } = spawnSync(process.execPath, program, { cwd: PROJECT_ROOT, encoding: 'utf8' });
  return { output: stdout + stderr, status };
}

/** What the compiler says of a file that stands next to the package's own. */
function complaintsAbout(text) {
  const folder = mkdtempSync(join(tmpdir(), 'checkjs-'));
  try {
    const config = { extends: CONFIG, compilerOptions: { types: [] }, include: ['.'] };
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
    writeFileSync(join(folder, 'wrong.js'), text);
    return tsc('-p', folder).output;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The JavaScript files in a folder, with `/` in their paths. */
function filesIn(folder) {
  const files = readdirSync(join(PROJECT_ROOT, folder), { recursive: true }).map((file) => file.replaceAll('\\', '/'));
  return files.filter((file) => file.endsWith('.js')).map((file) => `${folder}/${file}`);
}

const files = SOURCES.flatMap(filesIn);

test('the compiler has nothing to say', () => {
  assert.deepEqual(tsc('-p', CONFIG), { output: '', status: 0 });
});

test('it reads every file', () => {
  assert.ok(files.length > 80, `only ${files.length} files were found`);
  const { output } = tsc('-p', CONFIG, '--listFilesOnly');
  const read = output.split(/\r?\n/).map((line) => line.replaceAll('\\', '/'));
  assert.deepEqual(
    files.filter((file) => !read.some((line) => line.endsWith(`/${file}`))),
    [],
  );
});

test('every file asks for it in an editor, too, and none asks to be let off', () => {
  const textOf = (file) => readFileSync(join(PROJECT_ROOT, file), 'utf8');
  const asks = (file) => /^(#!.*\n)?\/\/ @ts-check\n/.test(textOf(file));
  assert.deepEqual(
    files.filter((file) => !asks(file)),
    [],
  );
  assert.deepEqual(
    files.filter((file) => /@ts-(ignore|expect-error|nocheck)/.test(textOf(file))),
    [],
  );
});

test('a parameter without a type would be noticed', () => {
  const text = 'export const lengthOf = (text) => text.length;\n';
  assert.match(complaintsAbout(text), /'text' implicitly has an 'any' type/);
});

test('what the module does not take, its host does not have and the platform is not would be noticed', () => {
  const platform = join(PROJECT_ROOT, 'pkg-template/platform/types.d.ts').replaceAll('\\', '/');
  for (const [text, complaint] of [
    ["import { leaveGroup } from '#glue';\nleaveGroup('a');\n", /'string' is not assignable to .* 'number'/],
    ["import { lastPanics } from '#host';\nlastPanics();\n", /no exported member( named)? 'lastPanics'/],
    ["import { isServer } from '#platform';\nisServer.length;\n", /'length' does not exist on type/],
    [`/** @type {import('${platform}').Platform['sources']} */\nexport const s = [1];\n`, /'number' is not assignable/],
  ])
    assert.match(complaintsAbout(text), complaint);
});
