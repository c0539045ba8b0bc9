/** The command line under GitHub Actions. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';

import { events, folder, leadTo, run, simulated, source } from './command-line.js';
import { answering, serve } from './support.js';

const OFTEN = ['--interval', '100ms'];
const commandsOf = (text) => text.split('\n').filter((line) => line.startsWith('::'));

/** A task that has ended with a report. */
const reporting = (test, report) => {
  const body = { task_id: 't', task_type: 'import_api', task_status: 'succeed', task_result: JSON.stringify(report) };
  return serve(test, answering(200, JSON.stringify(body)));
};

describe('annotations', { concurrency: 3 }, () => {
  test('a notice for what succeeded, an error for what failed, a table for both', async (t) => {
    const { env } = await simulated(t, { speed: 3_000 });
    const summary = join(folder(t), 'summary.md');
    writeFileSync(summary, 'before\n');
    const actions = { ...env, GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: summary };
    const args = ['watch', 'apig.gateway', 'gateway', 'quota', 'missing', ...OFTEN];
    const { stdout, stderr, code } = await run(args, { env: actions });
    assert.equal(code, 1);
    assert.deepEqual(commandsOf(stdout), []);
    const [missing, notice, error] = [/missing::/, /^::notice/, /quota/].map((pattern) =>
      commandsOf(stderr).find((line) => pattern.test(line)),
    );
    assert.match(notice, /^::notice title=apig\.gateway gateway%3A succeeded::after \d+ min/);
    assert.match(error, /^::error title=apig\.gateway quota%3A failed::APIC\.9218: create failed\.*%0AFree some quota/);
    assert.match(missing, /^::error title=huaweicloud-tasks%3A missing::ShowDetailsOfInstanceProgressV2 answered 404/);
    const table = readFileSync(summary, 'utf8');
    assert.match(table, /^before\n\| Operation \| State \| Took \| What \|\n\| --- \| --- \| --- \| --- \|\n/);
    assert.match(table, /^\| apig\.gateway gateway \| succeeded \| \d+ min.* \| {2}\|$/m);
    assert.match(table, /^\| apig\.gateway quota \| failed \| \d+ min.* \| APIC\.9218: /m);
    assert.match(table, /^\| apig\.gateway missing \| error \| - \| .*404/m);
  });

  test('a warning for each refused API, ten at most, with all that would break it escaped', async (t) => {
    const error_msg = '100 % wrong,\r\n::error::not a command | a <b>cell</b>';
    const refused = (_, index) => ({ method: 'GET', path: `/a:b,${index}`, error_code: 'X.1', error_msg });
    const failure = [...Array(12)].map(refused);
    const { url } = await reporting(t, { group_id: 'g|h', success: [], failure, ignore: [] });
    const summary = join(folder(t), 'summary.md');
    const env = leadTo(url, { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: summary });
    const { stdout, stderr, code } = await run(['watch', 'apig.task', 'i', 't', '--json'], { env });
    assert.equal(code, 3);
    assert.deepEqual(
      events(stdout).map(({ event }) => event),
      ['progress', 'result'],
    );
    const [whole, first, ...others] = commandsOf(stderr);
    assert.equal(whole, '::warning title=apig.task t%3A partial::0 APIs imported, 12 refused (group g|h)');
    assert.equal(
      first,
      '::warning title=GET /a%3Ab%2C0 refused::X.1: 100 %25 wrong, ::error::not a command | a <b>cell</b>',
    );
    assert.equal(others.length, 9);
    const table = readFileSync(summary, 'utf8');
    assert.match(table, /^\| apig\.task t \| partial \| .* \| 0 APIs imported, 12 refused \(group g\\\|h\) \|$/m);
  });

  test('a warning for what still runs, an error for wrong usage', async (t) => {
    const { env } = await simulated(t, { speed: 0 });
    const actions = { ...env, GITHUB_ACTIONS: 'true' };
    const late = await run(['watch', 'kps.task', 'kps-bind', '--max-wait', '300ms'], { env: actions });
    assert.match(
      commandsOf(late.stderr).at(-1),
      /^::warning title=huaweicloud-tasks%3A still running after 0\.3 s::Go on with: huaweicloud-tasks watch --resume/,
    );
    const wrong = await run(['watch'], { env: actions });
    assert.match(commandsOf(wrong.stderr)[0], /^::error title=huaweicloud-tasks::watch what\?/);
  });

  test('a summary that cannot be written is no failure', async (t) => {
    const { env } = await simulated(t, { speed: 3_000 });
    const actions = { ...env, GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: folder(t) };
    const { stderr, code } = await run(['watch', 'kps.task', 'kps-bind', ...OFTEN], { env: actions });
    assert.match(stderr, /huaweicloud-tasks: the job's summary cannot be written \(EISDIR\)/);
    assert.equal(code, 0);
  });

  test('nothing of it elsewhere', async (t) => {
    const { env } = await simulated(t, { speed: 3_000 });
    const { stdout, stderr } = await run(['watch', 'apig.gateway', 'quota', ...OFTEN], { env });
    assert.deepEqual(commandsOf(stdout + stderr), []);
  });

  test('line ends in a message are escaped, as GitHub reads them', async () => {
    const { createAnnotations } = await source('show/annotations.js');
    let told = '';
    createAnnotations({ GITHUB_ACTIONS: 'true' }, { write: (text) => (told += text) }).error('a\nb', 'c\r\nd%0A');
    assert.equal(told, '::error title=a%0Ab::c%0D%0Ad%250A\n');
  });
});
