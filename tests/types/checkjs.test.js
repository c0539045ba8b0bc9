// The package's own JavaScript: the compiler reads every file of it, and has nothing to say.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';

/** What is checked, below `pkg-template`: the same as `include` in checkjs.json. */
const CHECKED = ['cli', 'simulator', 'entry/explain.js', 'entry/simulator.js'];

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

/** The JavaScript files in a folder, or the one file, with `/` in their paths. */
function filesIn(name) {
  const path = join(PROJECT_ROOT, 'pkg-template', name);
  if (!statSync(path).isDirectory()) return [`pkg-template/${name}`];
  const files = readdirSync(path, { recursive: true }).map((file) => file.replaceAll('\\', '/'));
  return files.filter((file) => file.endsWith('.js')).map((file) => `pkg-template/${name}/${file}`);
}

const files = CHECKED.flatMap(filesIn);

test('the compiler has nothing to say', () => {
  assert.deepEqual(tsc('-p', CONFIG), { output: '', status: 0 });
});

test('it reads every file', () => {
  assert.ok(files.length > 40, `only ${files.length} files were found`);
  const { output } = tsc('-p', CONFIG, '--listFilesOnly');
  const read = output.split(/\r?\n/).map((line) => line.replaceAll('\\', '/'));
  assert.deepEqual(files.filter((file) => !read.some((line) => line.endsWith(`/${file}`))), []);
});

test('every file asks for it in an editor, too, and none asks to be let off', () => {
  const textOf = (file) => readFileSync(join(PROJECT_ROOT, file), 'utf8');
  const asks = (file) => /^(#!.*\n)?\/\/ @ts-check\n/.test(textOf(file));
  assert.deepEqual(files.filter((file) => !asks(file)), []);
  assert.deepEqual(files.filter((file) => /@ts-(ignore|expect-error|nocheck)/.test(textOf(file))), []);
});

test('a parameter without a type would be noticed', () => {
  const folder = mkdtempSync(join(tmpdir(), 'checkjs-'));
  try {
    const config = { extends: CONFIG, compilerOptions: { types: [] }, include: ['.'] };
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
    writeFileSync(join(folder, 'wrong.js'), 'export const lengthOf = (text) => text.length;\n');
    assert.match(tsc('-p', folder).output, /'text' implicitly has an 'any' type/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
