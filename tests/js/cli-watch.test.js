/** The command line's `watch`: ends, exit codes, events, stopping and going on. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';

import { events, folder, leadTo, run, shell, simulated, start } from './command-line.js';
import { answering, serve } from './support.js';

// A gateway takes about 0.1 s then.
const FAST = { speed: 3_000 };
const OFTEN = ['--interval', '100ms'];
const HANDLE = /huaweicloud-tasks watch --resume .*/;

const FIELDS = ['state', 'status', 'percent', 'estimatedPercent', 'elapsedMs', 'eta', 'slow', 'parts', 'error'];

const commandIn = (stderr) => HANDLE.exec(stderr)[0];

/** A gateway that gets on by one percent at each question, and is there after a hundred. */
const growing = (test) => {
  let percent = 0;
  return serve(test, (request, response) => {
    percent += 1;
    const status = percent < 100 ? 'creating' : 'success';
    answering(200, JSON.stringify({ progress: percent, status, start_time: 1_700_000_000_000 }))(request, response);
  });
};

describe('watch', { concurrency: 3 }, () => {
  const ends = {
    'apig.gateway': [['gateway-1'], /^gateway-1: succeeded after \d+ min \d+ s\n$/],
    'apig.task': [['i', 'import'], /^import: succeeded after .*: 6 APIs imported \(group \w+\)\n( {2}import.*\n){6}$/],
    'roma.instance': [['roma-1'], /^roma-1: succeeded after \d+ min.*\n( {2}\w+ +succeeded\n)+$/],
    'sfs-turbo.job': [['job-1'], /^job-1: succeeded after \d+ min.*\n( {2}[0-9a-f-]{36} +succeeded\n){3}$/],
    'kps.task': [['kps-bind'], /^kps-bind: succeeded after .* s\n$/],
  };
  for (const [kind, [ids, result]] of Object.entries(ends)) {
    test(`a ${kind} to its end`, async (t) => {
      const { env } = await simulated(t, FAST);
      const { stdout, stderr, code } = await run(['watch', kind, ...ids, ...OFTEN], { env });
      assert.match(stdout, result);
      for (const line of stderr.trimEnd().split('\n')) {
        const [, time, change] = /^(\S+) (.*)$/.exec(line);
        assert.match(time, /^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
        assert.match(change, new RegExp(`^${ids.at(-1)}: (waiting|running|succeeded)\\b.* after `));
      }
      assert.equal(code, 0);
    });
  }

  test('what failed: why, what to do, exit code 1', async (t) => {
    const { env } = await simulated(t, FAST);
    const { stdout, code } = await run(['watch', 'apig.gateway', 'quota', ...OFTEN], { env });
    assert.match(stdout, /^quota: failed after \d+ min \d+ s: APIC\.9218: create failed/);
    assert.match(stdout, /\n {2}The quota does not allow another gateway\.\n {2}Free some quota or ask for more/);
    assert.equal(code, 1);
  });

  test('what was done in part: what was refused, exit code 3', async (t) => {
    const { env } = await simulated(t, FAST);
    const { stdout, code } = await run(['watch', 'apig.task', 'i', 'import-partial', ...OFTEN], { env });
    assert.match(stdout, /^import-partial: partial after .*: 6 APIs imported, 3 refused, 2 left out/);
    assert.equal(stdout.match(/^ {2}imported /gm).length, 6);
    assert.equal(stdout.match(/^ {2}refused +[A-Z]+ +\/\S+ +APIG\.\d+: \S/gm).length, 3);
    assert.equal(stdout.match(/^ {2}left out /gm).length, 2);
    assert.equal(stdout.match(/^ {2}APIG\.\d+: \S.*\n {4}\S/gm).length, new Set(stdout.match(/APIG\.\d+/g)).size);
    assert.equal(code, 3);
  });

  test('several at once, each once, the worst of their ends', async (t) => {
    const { env, requests } = await simulated(t, FAST);
    const exitOf = async (...ids) => (await run(['watch', 'apig.task', 'i', ...ids, ...OFTEN], { env })).code;
    assert.equal(await exitOf('import', 'import-partial'), 3);
    assert.equal(await exitOf('import-partial', 'import-failed', 'import'), 1);
    assert.equal(await exitOf('import-failed', 'import', 'unauthorized'), 5);
    requests.length = 0;
    const twice = ['missing', 'gateway', 'missing'];
    const { stdout } = await run(['watch', 'apig.gateway', ...twice, '--json', ...OFTEN], { env });
    assert.equal(requests.filter(({ url }) => url.includes('missing')).length, 1);
    const told = events(stdout).filter(({ event }) => event !== 'progress');
    assert.deepEqual(
      told.map(({ event, operation }) => [event, operation.instanceId]),
      [
        ['error', 'missing'],
        ['result', 'gateway'],
      ],
    );
  });

  test('--json tells every change and the result, and nothing of whom ROMA names', async (t) => {
    const { env } = await simulated(t, FAST);
    const { stdout, stderr, code } = await run(['watch', 'roma.instance', 'roma-1', '--json', ...OFTEN], { env });
    assert.deepEqual([stderr, code], ['', 0]);
    const told = events(stdout);
    const result = told.at(-1);
    assert.deepEqual(told.map(({ event }) => event).slice(-2), ['progress', 'result']);
    for (const event of told) {
      assert.deepEqual(event.operation, { kind: 'roma.instance', instanceId: 'roma-1' });
      assert.equal(typeof event.at, 'number');
      for (const field of FIELDS) assert.ok(field in event, field);
    }
    assert.equal(result.state, 'succeeded');
    assert.ok(result.detail.items.length > 0);
    assert.deepEqual([result.detail.raw, result.detail.instance], [undefined, undefined]);
    assert.doesNotMatch(stdout, /user_?name|tenant/i);
  });

  test('--json explains a failure', async (t) => {
    const { env } = await simulated(t, FAST);
    const { stdout } = await run(['watch', 'apig.gateway', 'quota', '--json', ...OFTEN], { env });
    const { state, error } = events(stdout).at(-1);
    assert.equal(state, 'failed');
    assert.equal(error.code, 'APIC.9218');
    assert.equal(error.meaning, 'The quota does not allow another gateway.');
    assert.equal(error.advice, 'Free some quota or ask for more, then create it again.');
  });

  test('--quiet tells the result alone', async (t) => {
    const { env } = await simulated(t, FAST);
    const { stdout, stderr, code } = await run(['watch', 'kps.task', 'kps-bind', '--quiet', ...OFTEN], { env });
    assert.deepEqual([stderr, code], ['', 0]);
    assert.match(stdout, /^kps-bind: succeeded/);
  });

  // By itself it would ask for the fifth time after more than a minute.
  test('--interval asks as often as it says', { timeout: 30_000 }, async (t) => {
    const { env, simulator, requests } = await simulated(t, { speed: 0 });
    const watching = start(['watch', 'apig.gateway', 'gateway', ...OFTEN], { env });
    while (requests.length < 5) await new Promise((resolve) => setTimeout(resolve, 20));
    simulator.speed = FAST.speed;
    assert.equal((await watching.ended).code, 0);
  });
});

describe('what is not over', { concurrency: 3 }, () => {
  for (const signal of ['SIGINT', 'SIGTERM']) {
    test(`at ${signal}, the handles and the command that goes on, which does`, async (t) => {
      const { env, simulator } = await simulated(t, { speed: 0 });
      const ids = ['gateway-1', "it's-2"];
      const watching = start(['watch', 'apig.gateway', ...ids, '--project', 'q', ...OFTEN], { env });
      await watching.until('stderr', /gateway-1: running, 0 %[\s\S]*it's-2: running, 0 %|it's-2: [\s\S]*gateway-1: /);
      watching.child.kill(signal);
      const { stdout, stderr, code } = await watching.ended;
      assert.deepEqual([stdout, code], ['', 4]);
      assert.match(stderr, /Stopped watching \((interrupted|told to end)\); the operations go on/);
      assert.match(commandIn(stderr), / --project q --interval 100ms$/);
      assert.doesNotMatch(stderr, /simulator-token/);
      simulator.speed = FAST.speed;
      const rest = await shell(t, commandIn(stderr), { env });
      assert.match(rest.stdout, /^gateway-1: succeeded after .*\nit's-2: succeeded after .*\n$/);
      assert.equal(rest.code, 0);
    });
  }

  test('with --json, an event for each handle; a file and stdin can hold them', async (t) => {
    const { env, simulator } = await simulated(t, { speed: 0 });
    const watching = start(['watch', 'kps.task', 'kps-bind-1', 'kps-reset-failed', '--json', ...OFTEN], { env });
    await watching.until('stdout', /kps-bind-1[\s\S]*kps-reset-failed|kps-reset-failed[\s\S]*kps-bind-1/);
    watching.child.kill('SIGINT');
    const { stdout, code } = await watching.ended;
    assert.equal(code, 4);
    const told = events(stdout).filter(({ event }) => event === 'handle');
    assert.deepEqual(
      told.map(({ operation }) => operation.taskId),
      ['kps-bind-1', 'kps-reset-failed'],
    );
    assert.match(told[0].command, HANDLE);
    simulator.speed = FAST.speed;
    const input = told.map(({ handle }) => `${JSON.stringify(handle)}\n`).join('');
    const file = join(folder(t), 'handles');
    writeFileSync(file, input);
    for (const [name, options] of [
      ['-', { env, input }],
      [file, { env }],
    ]) {
      const rest = await run(['watch', '--resume', name, ...OFTEN], options);
      assert.match(rest.stdout, /^kps-bind-1: succeeded after .*\nkps-reset-failed: failed after /);
      assert.equal(rest.code, 1);
    }
  });

  test('--max-wait stops as well', async (t) => {
    const { env } = await simulated(t, { speed: 0 });
    const byNpx = { ...env, npm_command: 'exec' };
    const { stdout, stderr, code } = await run(['watch', 'kps.task', 'kps-bind', '--max-wait', '0.3s'], { env: byNpx });
    assert.match(stderr, /^kps-bind: (waiting, .*|not asked yet)\nStopped watching \(still running after 0\.3 s\)/m);
    assert.match(stderr, /^ {2}npx huaweicloud-tasks watch --resume '.*"kind":"kps\.task".*' --max-wait 0\.3s$/m);
    assert.deepEqual([stdout, code], ['', 4]);
  });

  test('a token that is refused later: 5, and how to go on', async (t) => {
    let asked = 0;
    const { url } = await serve(t, (request, response) => {
      asked += 1;
      answering(asked === 1 ? 200 : 403, '{"progress":30,"status":"creating"}')(request, response);
    });
    const { stderr, code } = await run(['watch', 'apig.gateway', 'g', ...OFTEN], { env: leadTo(url) });
    assert.match(stderr, /huaweicloud-tasks: g: ShowDetailsOfInstanceProgressV2 answered 403/);
    assert.match(stderr, /Not watched any longer; the operation goes on/);
    assert.match(commandIn(stderr), /"instanceId":"g"/);
    assert.equal(code, 5);
  });

  test('a reader that has seen enough ends it, quietly', async (t) => {
    const { url, requests } = await growing(t);
    const watching = start(['watch', 'apig.gateway', 'g', '--json', ...OFTEN], { env: leadTo(url) });
    await watching.until('stdout', /\n/);
    watching.child.stdout.destroy();
    const { stderr, code } = await watching.ended;
    assert.deepEqual([stderr, code], ['', 4]);
    assert.ok(requests.length < 100, 'it went on to the end');
  });
});
