// The declared options against those that the package takes, which it tells whoever gives another.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { createClient, init, passwordToken } from 'huaweicloud-tasks';

import { rejection } from '../js/support.js';
import { compile } from './compiler.js';

const given = { region: 'r', projectId: 'p' };
const cloud = createClient({ ...given, token: 't' });
const operation = cloud.watch({ kind: 'apig.gateway', instanceId: 'i' });
const unknown = { unheardOf: 1 };

/** Each type, and a call that is given an option which is none. */
const OPTIONS = {
  ClientOptions: () => createClient(unknown),
  "Exclude<import('huaweicloud-tasks').ClientOptions['endpoints'], undefined>": () =>
    createClient({ endpoints: unknown }),
  Credentials: () => createClient({ ...given, credentials: unknown }),
  PasswordTokenOptions: () => passwordToken(unknown),
  InitOptions: () => init(unknown),
  CallOptions: () => cloud.roma.instanceProgress('i', unknown),
  WatchOptions: () => cloud.watch({ kind: 'apig.gateway', instanceId: 'i' }, unknown),
  ChangesOptions: () => operation.changes(unknown).next(),
  ResultOptions: () => operation.result(unknown),
  WatchAllOptions: () => cloud.watchAll([], unknown),
  RequestBudget: () => cloud.watchAll([], { budget: unknown }),
};

/** The names that the package knows, from what it says of one that it does not. */
async function taken(call) {
  const { message } = await rejection((async () => call())());
  const [, names] = message.match(/^\S*unheardOf: unknown; expected one of (.+)$/);
  return names.split(', ').sort();
}

/** The names that types declare, in any of their forms. */
function declared(names = Object.keys(OPTIONS)) {
  const written = (type) => (type.includes('import(') ? type : `import('huaweicloud-tasks').${type}`);
  const lines = names.map((type, index) => `export type T${index} = ${written(type)};\n`);
  return compile({ 'options.ts': lines.join('') }, ({ checker, file }) => {
    const exported = checker.getExportsOfModule(checker.getSymbolAtLocation(file('options.ts')));
    return Object.fromEntries(
      exported.map((symbol) => {
        const type = checker.getDeclaredTypeOfSymbol(symbol);
        const forms = type.isUnionType() ? type.getTypes() : [type];
        const properties = forms.flatMap((form) => checker.getPropertiesOfType(form).map(({ name }) => name));
        return [names[symbol.name.slice(1)], [...new Set(properties)].sort()];
      }),
    );
  });
}

test('the options that are declared are those that are taken', async () => {
  const types = declared();
  for (const [type, call] of Object.entries(OPTIONS)) assert.deepEqual(types[type], await taken(call), type);
  assert.deepEqual(types.CallOptions, ['maxBodyBytes', 'maxRetries', 'signal', 'timeoutMs']);
});

test('a poll takes what every call takes, and one option more', async () => {
  const own = await taken(() => cloud.poll({ kind: 'kps.task', taskId: 't' }, unknown));
  assert.deepEqual(own, ['maxConsecutiveErrors']);
  const { CallOptions, PollOptions } = declared(['CallOptions', 'PollOptions']);
  assert.deepEqual(PollOptions, [...CallOptions, ...own].sort());
});
