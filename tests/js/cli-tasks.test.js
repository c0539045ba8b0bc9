/** The command line's imports and exports: started, asked about, decoded, saved. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';

import { events, folder, leadTo, run, shell, simulated, start } from './command-line.js';
import { answering, fixture, serve } from './support.js';

const FAST = ['--interval', '100ms'];
const WHOLE = { speed: 3_000 };
const OPENAPI = '{"openapi":"3.0.0","info":{"title":"x","version":"1"},"paths":{"/a":{"get":{},"post":{}}}}';
const EXPORT = ['export', '--instance', 'i', '--env', 'e', '--group', 'g', ...FAST];

// Who has just started a task waits for some seconds before the first question: here they all wait together.
describe('what is started', { concurrency: 2 }, () => {
  describe('import', { concurrency: 8 }, () => {
    test('starts, watches and reports; the file can be stdin', async (t) => {
      const { env, requests } = await simulated(t, WHOLE);
      const { stdout, stderr, code } = await run(['import', '-', '--instance', 'i', ...FAST], { env, input: OPENAPI });
      assert.match(stderr, /^import started: task ([0-9a-f]{32}) of gateway i\n/);
      assert.match(stdout, /^[0-9a-f]{32}: succeeded after .*: 2 APIs imported \(group \w+\)\n/);
      assert.match(stdout, /^ {2}imported +GET +\/a +new\n/m);
      assert.equal(code, 0);
      const form = String(await requests[0].body);
      assert.match(form, /name="is_create_group"\r\n\r\ntrue\r\n/);
      assert.match(form, /name="file_name"; filename="apis\.json"/);
    });

    test('passes its options on', async (t) => {
      const { url, requests } = await serve(t, answering(403, '{}'));
      const file = join(folder(t), 'shop.yaml');
      writeFileSync(file, 'openapi: 3.0.0\n');
      const modes = ['--extend-mode', 'override', '--api-mode', 'override', '--simple', '--mock'];
      const args = ['import', file, '--instance', 'i', '--group', 'g', ...modes];
      assert.equal((await run(args, { env: leadTo(url) })).code, 5);
      await run([...args, '--file-name', 'other.yml'], { env: leadTo(url) });
      await run(['import', file, '--instance', 'i', '--create-group'], { env: leadTo(url) });
      const [form, named, created] = await Promise.all(requests.map(async ({ body }) => String(await body)));
      const fields = { is_create_group: 'false', group_id: 'g', extend_mode: 'override', api_mode: 'override' };
      for (const [name, value] of Object.entries({ ...fields, simple_mode: 'true', mock_mode: 'true' })) {
        assert.match(form, new RegExp(`name="${name}"\r\n\r\n${value}\r\n`), name);
      }
      assert.match(form, /filename="shop\.yaml"[\s\S]*openapi: 3\.0\.0/);
      assert.match(named, /filename="other\.yml"/);
      assert.match(created, /name="is_create_group"\r\n\r\ntrue\r\n/);
    });

    test('tells the handle at once with --json, and goes on from it after Ctrl-C', async (t) => {
      const { env, simulator } = await simulated(t, { speed: 0 });
      const importing = start(['import', '-', '--instance', 'i', '--json', ...FAST], { env, input: OPENAPI });
      await importing.until('stdout', /\n/);
      importing.child.kill('SIGINT');
      const { stdout, stderr, code } = await importing.ended;
      assert.equal(code, 4);
      // On a busy computer, it may have asked once before it is stopped.
      const told = events(stdout);
      const [first, last] = [told[0], told.at(-1)];
      assert.deepEqual([first.event, first.operation.kind, first.operation.instanceId], ['handle', 'apig.task', 'i']);
      assert.deepEqual([last.event, last.operation], ['handle', first.operation]);
      assert.match(stderr, /Stopped watching/);
      simulator.speed = WHOLE.speed;
      const rest = await shell(t, last.command, { env });
      const { event, state, detail } = events(rest.stdout).at(-1);
      assert.deepEqual([event, state, detail.result.success.length], ['result', 'succeeded', 2]);
      assert.equal(rest.code, 0);
    });

    test('that is stopped before the answer says that nobody knows', async (t) => {
      let reached;
      const asked = new Promise((resolve) => (reached = resolve));
      const { url } = await serve(t, () => reached());
      const importing = start(['import', '-', '--instance', 'i'], { env: leadTo(url), input: OPENAPI });
      await asked;
      importing.child.kill('SIGINT');
      const { stderr, code } = await importing.ended;
      assert.match(stderr, /interrupted before the service answered: the import may have been started all the same/);
      assert.equal(code, 1);
    });
  });

  describe('export', { concurrency: 8 }, () => {
    test('writes the document into the folder one is in, and overwrites nothing', async (t) => {
      const { env } = await simulated(t, WHOLE);
      const cwd = folder(t);
      const { stdout, code } = await run(EXPORT, { env, cwd });
      const [file] = readdirSync(cwd);
      assert.match(stdout, new RegExp(`^[0-9a-f]{32}: succeeded after .*\n {2}written to ${file}\n$`));
      assert.equal(code, 0);
      assert.equal(JSON.parse(readFileSync(join(cwd, file), 'utf8')).swagger, '2.0');
      const again = await run([...EXPORT, '--output', file], { env, cwd });
      assert.match(again.stderr, new RegExp(`--output: ${file} is there already; --force overwrites it`));
      assert.equal(again.code, 2);
    });

    test('--output - writes the document, and nothing else, to stdout', async (t) => {
      const { env } = await simulated(t, WHOLE);
      const cwd = folder(t);
      const { stdout, stderr, code } = await run([...EXPORT, '-o', '-'], { env, cwd });
      assert.equal(JSON.parse(stdout).swagger, '2.0');
      assert.match(stderr, /^[0-9a-f]{32}: succeeded after /m);
      assert.deepEqual([readdirSync(cwd), code], [[], 0]);
    });

    test('--force overwrites; with --json the result names the file', async (t) => {
      const { env } = await simulated(t, WHOLE);
      const cwd = folder(t);
      const file = join(cwd, 'apis.yaml');
      writeFileSync(file, 'before');
      const { stdout, code } = await run([...EXPORT, '-o', file, '--force', '--type', 'yaml', '--json'], { env, cwd });
      const result = events(stdout).at(-1);
      assert.deepEqual([result.event, result.file, code], ['result', file, 0]);
      assert.match(readFileSync(file, 'utf8'), /^swagger: /m);
    });

    test('passes its options on', async (t) => {
      const { url, requests } = await serve(t, answering(403, '{}'));
      const options = ['--oas-version', '3.0', '--define', 'all', '--type', 'yml', '--document-version', 'v7'];
      await run([...EXPORT, ...options, '--api', 'a1', '--api', 'a2'], { env: leadTo(url) });
      assert.match(requests[0].url, /\/v2\/p\/apigw\/instances\/i\/openapi\/async-export\?oas_version=3\.0$/);
      assert.deepEqual(JSON.parse(String(await requests[0].body)), {
        env_id: 'e',
        group_id: 'g',
        define: 'all',
        type: 'yml',
        version: 'v7',
        apis: ['a1', 'a2'],
      });
    });

    test('that is stopped goes on with the folder it had', async (t) => {
      const { env, simulator } = await simulated(t, { speed: 0 });
      const cwd = folder(t);
      const exporting = start(EXPORT, { env, cwd });
      await exporting.until('stderr', /export started/);
      exporting.child.kill('SIGINT');
      const { stderr, code } = await exporting.ended;
      assert.equal(code, 4);
      const [command] = /huaweicloud-tasks watch .*/.exec(stderr);
      assert.match(command, / --output \.$/);
      simulator.speed = WHOLE.speed;
      const rest = await shell(t, command, { env, cwd });
      const [file] = readdirSync(cwd);
      assert.match(rest.stdout, new RegExp(`written to ${file}\n$`));
      assert.equal(rest.code, 0);
    });
  });
});

describe('task', { concurrency: 2 }, () => {
  test('asks once: 3 for what was done in part, 4 for what is not over, 1 for what failed', async (t) => {
    const { env, requests, simulator } = await simulated(t, { speed: 0 });
    const pending = await run(['task', 'i', 'import'], { env });
    assert.deepEqual([pending.stdout, pending.stderr, pending.code], ['import: waiting\n', '', 4]);
    assert.equal(requests.length, 1);
    await run(['task', 'i', 'import-partial'], { env });
    await run(['task', 'i', 'import-failed'], { env });
    simulator.advance(600_000);
    const partial = await run(['task', 'i', 'import-partial'], { env });
    assert.match(partial.stdout, /^import-partial: partial: 6 APIs imported, 3 refused, 2 left out \(group \w+\)\n/);
    assert.equal(partial.code, 3);
    const failed = await run(['task', 'i', 'import-failed'], { env });
    assert.match(failed.stdout, /^import-failed: failed: APIG\.3201: The API group name already exists\n {2}Another/);
    assert.equal(failed.code, 1);
    const json = await run(['task', 'i', 'import-failed', '--json'], { env });
    const { event, operation, state, error } = JSON.parse(json.stdout);
    assert.deepEqual([event, state, error.code], ['result', 'failed', 'APIG.3201']);
    assert.deepEqual(operation, { kind: 'apig.task', instanceId: 'i', taskId: 'import-failed' });
    assert.equal(json.code, 1);
  });

  test('of an export is its document, or saves it', async (t) => {
    const { env, simulator } = await simulated(t, { speed: 0 });
    const cwd = folder(t);
    await run(['task', 'i', 'export-json'], { env });
    simulator.advance(600_000);
    const shown = await run(['task', 'i', 'export-json'], { env, cwd });
    assert.equal(typeof JSON.parse(shown.stdout).swagger, 'string');
    const saved = await run(['task', 'i', 'export-json', '--output', 'apis.json'], { env, cwd });
    assert.deepEqual([saved.stdout, saved.code], ['written to apis.json\n', 0]);
    assert.equal(readFileSync(join(cwd, 'apis.json'), 'utf8').trim(), shown.stdout.trim());
    const watched = await run(['watch', 'apig.task', 'i', 'export-json'], { env, cwd });
    assert.match(watched.stdout, /\n {2}save the document with: huaweicloud-tasks task i export-json --output \.\n$/);
    const command = /huaweicloud-tasks task .*/.exec(watched.stdout)[0];
    assert.equal((await shell(t, command, { env, cwd })).code, 0);
    assert.equal(readdirSync(cwd).length, 2);
  });
});

describe('decode', { concurrency: 2 }, () => {
  test('reads a file and stdin, without network and credentials', async (t) => {
    const body = fixture('apig-async-task/200-import-succeed.json');
    const file = join(folder(t), 'body.json');
    writeFileSync(file, body);
    const expected =
      'd9ce8c9eede54b3f841ec324fe0bfdc2: succeeded: 1 API imported (group 9100ae30705947cc9543d37cd7fb388c)\n' +
      '  imported  GET  /test1  new\n';
    for (const [args, input] of [[[file]], [['-'], body], [[], body]]) {
      const { stdout, stderr, code } = await run(['decode', ...args], { input });
      assert.deepEqual([stdout, stderr, code], [expected, '', 0]);
    }
    const { detail, operation } = JSON.parse((await run(['decode', file, '--json'])).stdout);
    assert.deepEqual(operation, { kind: 'apig.task', taskId: 'd9ce8c9eede54b3f841ec324fe0bfdc2' });
    assert.deepEqual(detail.result.success[0].path, '/test1');
  });

  test("an export's document goes where one wants it", async (t) => {
    const cwd = folder(t);
    const input = fixture('apig-async-task/200-export-succeed.json');
    const { stdout, code } = await run(['decode', '--output', '.'], { input, cwd });
    const [file] = readdirSync(cwd);
    assert.deepEqual([stdout, code], [`written to ${file}\n`, 0]);
    assert.ok(existsSync(join(cwd, file)));
    const again = await run(['decode', '--output', '.'], { input, cwd });
    assert.match(again.stderr, new RegExp(`${file} is there already; --force overwrites it`));
    assert.equal(again.code, 1);
  });
});

test('explain says what a code means, and which it does not know', async () => {
  const known = await run(['explain', 'APIC.9218']);
  assert.equal(
    known.stdout,
    'APIC.9218  The quota does not allow another gateway.\n  Free some quota or ask for more, then create it again.\n',
  );
  assert.deepEqual([known.stderr, known.code], ['', 0]);
  const both = await run(['explain', 'APIC.9218', 'X.1', '--json']);
  assert.deepEqual(
    events(both.stdout).map(({ event, code, meaning }) => [event, code, meaning]),
    [
      ['explanation', 'APIC.9218', 'The quota does not allow another gateway.'],
      ['explanation', 'X.1', null],
    ],
  );
  assert.match(both.stderr, /^X\.1: this version has no words for it\n$/);
  assert.equal(both.code, 1);
});
