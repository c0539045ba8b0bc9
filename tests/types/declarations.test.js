// The declarations themselves: nothing in them is `any`, and whatever is exported says what it is.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { anysIn, compile, SymbolFlags } from './compiler.js';

const ENTRIES = ['huaweicloud-tasks', 'huaweicloud-tasks/simulator', 'huaweicloud-tasks/explain'];
const IMPORTS = ENTRIES.map((entry, index) => `export * as e${index} from '${entry}';\n`).join('');

test('nothing is any', () => {
  const anys = compile({ 'all.ts': IMPORTS }, ({ program }) => {
    const files = program.getSourceFileNames().filter((name) => /(index|simulator|explain)\.d\.ts$/.test(name));
    assert.equal(files.length, ENTRIES.length, files.join());
    return files.flatMap((name) => anysIn(program.getSourceFile(name)));
  });
  assert.deepEqual(anys, []);
});

test('any would be noticed, and only where it is a type', () => {
  const text = '/** any */\nexport interface A {\n  any: string;\n  b: Map<string, any>;\n}\nexport type C = any[];\n';
  const anys = compile({ 'a.ts': text }, ({ file }) => anysIn(file('a.ts')));
  assert.deepEqual(anys, ['b: Map<string, any>;', 'export type C = any[];']);
});

test('whatever is exported says what it is', () => {
  const { exported, silent } = compile({ 'all.ts': IMPORTS }, ({ checker, file }) => {
    const entries = checker.getExportsOfModule(checker.getSymbolAtLocation(file('all.ts')));
    const meant = (symbol) => (symbol.flags & SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol);
    const exported = entries.flatMap((entry) => checker.getExportsOfModule(meant(entry)).map(meant));
    const isSilent = (symbol) => checker.getDocumentationCommentOfSymbol(symbol) === '';
    return { exported: exported.length, silent: exported.filter(isSilent).map(({ name }) => name) };
  });
  assert.ok(exported > 80, `only ${exported} exports were found`);
  assert.deepEqual(silent, []);
});
