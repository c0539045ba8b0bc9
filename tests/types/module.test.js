// The types of the module's own exports, which the Rust code spells out and the package's JavaScript is checked
// against.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { anysIn, compile, complaints, SyntaxKind } from './compiler.js';

const text = readFileSync(join(process.env.PROJECT_ROOT, 'target/bindgen/huaweicloud-tasks/api.d.ts'), 'utf8');

/** What is wrong with the types of a module, next to those of the installed package. */
const wrongIn = (text) =>
  compile({ 'api.d.ts': text }, ({ program, file }) => {
    const api = file('api.d.ts');
    return { complaints: complaints(program, api), anys: anysIn(api), untyped: untypedIn(api) };
  });

/** The functions that leave open what they take or give, or do not say what they do. */
function untypedIn(file) {
  return functionsIn(file).flatMap((node) => {
    const isTyped = node.type !== undefined && [...node.parameters].every(({ type }) => type !== undefined);
    const before = file.text.slice(node.pos, node.end).trimStart();
    // What wasm-bindgen adds by itself has no words.
    const isSaid = before.startsWith('/**') || node.name.text.startsWith('__');
    return isTyped && isSaid ? [] : [node.name.text];
  });
}

function functionsIn(file) {
  const found = [];
  file.forEachChild((node) => void (node.kind === SyntaxKind.FunctionDeclaration && found.push(node)));
  return found;
}

// It fails when a type that a Rust file names is none of the package's, as when it is renamed on one side alone.
test('the types that the module speaks of are those of the package', () => {
  assert.deepEqual(wrongIn(text).complaints, []);
});

// It fails when an export takes or gives a `JsValue` and does not say which type that is: then it is `any`.
test('nothing that the module exports is any, and each export says what it takes, gives and does', () => {
  const { anys, untyped } = wrongIn(text);
  assert.deepEqual({ anys, untyped }, { anys: [], untyped: [] });
});

// It fails when wasm-bindgen writes its own part in another place: then nothing would be cut off.
test('they are those of the calls, without the raw exports of wasm-bindgen', () => {
  const names = compile({ 'api.d.ts': text }, ({ file }) => functionsIn(file('api.d.ts')).map(({ name }) => name.text));
  for (const name of ['apigGatewayProgress', 'poll', 'watchOperation', 'decodeStartedTask', 'initSync']) {
    assert.ok(names.includes(name), `${name} is missing`);
  }
  assert.ok(names.length > 25, `only ${names.length} functions were found`);
  assert.doesNotMatch(text, /InitOutput|WebAssembly\.Memory/);
});

test('a type of another name, any, and a parameter without a type would be noticed', () => {
  const found = wrongIn(`${text.replaceAll('DecodedStartedTask', 'StartedTusk')}
/** It is said. */
export function open(body: any): string;
/** It is said. */
export function untyped(body): string;
export function silent(): string;
`);
  assert.match(found.complaints[0], /no exported member( named)? 'StartedTusk'/);
  assert.deepEqual(found.anys, ['export function open(body: any): string;']);
  assert.deepEqual(found.untyped, ['untyped', 'silent']);
});
