// The package as it is installed: what it holds, and how it is loaded.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { test } from 'node:test';

import * as esm from 'huaweicloud-tasks';

import { fixture } from './support.js';

const require = createRequire(import.meta.url);
const folder = dirname(require.resolve('huaweicloud-tasks/package.json'));
const run = (...args) => spawnSync(process.execPath, args, { cwd: import.meta.dirname, encoding: 'utf8' });

test('import and require give the same names', () => {
  const cjs = require('huaweicloud-tasks');
  assert.deepEqual(Object.keys(cjs).sort(), Object.keys(esm).sort());
  const body = fixture('apig-async-task/200-import-succeed.json');
  assert.deepEqual(cjs.decodeAsyncTask(body), esm.decodeAsyncTask(body));
});

test('a module and its decoder, no file of the workshop, no path of the machine that built it', () => {
  const files = readdirSync(folder, { recursive: true }).filter((file) => file !== 'decode');
  const modules = files.filter((file) => file.endsWith('.wasm'));
  assert.deepEqual(modules.sort(), ['decode/decode.wasm', 'huaweicloud-tasks.wasm']);
  for (const needed of ['README.md', 'LICENSE-MIT', 'LICENSE-APACHE', 'CHANGELOG.md', 'index.d.ts', 'index.d.cts']) {
    assert.ok(files.includes(needed), `${needed} is missing`);
  }
  const seen = new Map();
  for (const file of files) {
    const content = readFileSync(join(folder, file), 'latin1');
    for (const trace of [process.env.HOME, process.env.PROJECT_ROOT, '.cargo/registry']) {
      assert.ok(!content.includes(trace), `${file} holds ${trace}`);
    }
    assert.equal(seen.get(content), undefined, `${file} is there twice`);
    seen.set(content, file);
  }
});

test('no export that traps: those are in a package of the tests alone', () => {
  const module = new WebAssembly.Module(readFileSync(join(folder, 'huaweicloud-tasks.wasm')));
  const names = [...WebAssembly.Module.exports(module).map(({ name }) => name), ...Object.keys(esm)];
  assert.ok(names.includes('apigGatewayProgress') && names.includes('createClient'), names.join());
  // The names are those that tests/traps/entry.js has, which is how it is known that they would be found.
  const trapping = readFileSync(join(import.meta.dirname, '../traps/entry.js'), 'utf8').match(/(?<=\bglue\.)\w+/g);
  assert.ok(trapping.length > 0);
  assert.deepEqual(
    trapping.filter((name) => names.includes(name)),
    [],
  );
});

test('importing loads nothing and keeps nothing alive', () => {
  const program = `
    let loads = 0;
    for (const name of ['Module', 'Instance', 'compile', 'instantiate']) {
      const original = WebAssembly[name];
      WebAssembly[name] = new Proxy(original, { apply: (...a) => (loads++, Reflect.apply(...a)), construct: (...a) => (loads++, Reflect.construct(...a)) });
    }
    const tasks = await import('huaweicloud-tasks');
    const client = tasks.createClient({ region: 'r', projectId: 'p', token: 't' });
    const before = loads;
    tasks.decodeAsyncTask('{"task_id":"t","task_type":"import_api","task_status":"waiting"}');
    console.log(before, loads > before);`;
  const { stdout, stderr, status } = run('--input-type=module', '--eval', program);
  assert.deepEqual([stdout, stderr, status], ['0 true\n', '', 0]);
});

test('a module that cannot be loaded says why, and the next try can succeed', async () => {
  const program = `
    import { init, decodeAsyncTask } from 'huaweicloud-tasks';
    const error = await init({ module: new Uint8Array([1, 2, 3]) }).catch((error) => error);
    console.log(error.name, error.field, error.cause instanceof WebAssembly.CompileError);
    await init();
    console.log('ready');`;
  const { stdout, stderr } = run('--input-type=module', '--eval', program);
  assert.deepEqual([stdout, stderr], ['ConfigError module true\nready\n', '']);
});

test('an address with the letters csp in it is no content policy', () => {
  const program = `
    import { init } from 'huaweicloud-tasks';
    const module = Promise.reject(new Error('https://a.example/csp/module.wasm answered 404'));
    console.log((await init({ module }).catch((error) => error)).message);`;
  const { stdout, stderr } = run('--input-type=module', '--eval', program);
  assert.deepEqual(
    [stdout, stderr],
    ['module: cannot be loaded: https://a.example/csp/module.wasm answered 404\n', ''],
  );
});

test('what the client can ask is what the module can answer', async () => {
  const given = {
    importApis: ['i', '{}'],
    exportApis: ['i', { envId: 'e', groupId: 'g' }],
    associate: [{ keypairName: 'k', server: { id: 's' } }],
    disassociate: [{ server: { id: 's' } }],
    renderTasks: [],
    renderTaskPages: [],
    token: [{ user: 'u', password: 'p', domain: 'd' }],
  };
  const client = esm.createClient({ region: 'r', projectId: 'p', token: 't', fetch: async () => new Response('[]') });
  const { watch, resume, watchAll, ...services } = client;
  for (const [service, calls] of Object.entries(services)) {
    for (const [name, call] of Object.entries(calls)) {
      const asked = call(...(given[name] ?? ['i', 't'].slice(0, call.length - 1)));
      const error = await (asked.next?.() ?? asked).catch((error) => error);
      assert.equal(error.name, 'DecodeError', `${service}.${name}: ${error.message}`);
    }
  }
});

test('what the client can watch is what the module can', () => {
  const { watch } = esm.createClient({ region: 'r', projectId: 'p', token: 't' });
  for (const [kind, ids] of [
    ['apig.gateway', { instanceId: 'i' }],
    ['apig.task', { instanceId: 'i', taskId: 't' }],
    ['roma.instance', { instanceId: 'i' }],
    ['sfs-turbo.job', { jobId: 'j' }],
    ['kps.task', { taskId: 't' }],
  ]) {
    const handle = watch({ kind, ...ids }).toJSON();
    assert.deepEqual([handle.kind, handle.ids], [kind, ids]);
  }
});
