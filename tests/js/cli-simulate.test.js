/** The command line's simulator, as its own client sees it. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';

import { createSimulator } from 'huaweicloud-tasks/simulator';

import { events, run, shell, start } from './command-line.js';

/** Starts it with `--json`, until the test ends; gives where it is and what leads there. */
async function simulate(test, args, options) {
  const serving = start(['simulate', '--json', ...args], options);
  test.after(() => serving.child.kill('SIGKILL'));
  const [listening] = events(await serving.until('stdout', /\n/));
  const { endpoint, token, project } = listening;
  const env = { HUAWEICLOUD_ENDPOINT: endpoint, HUAWEICLOUD_TOKEN: token, HUAWEICLOUD_PROJECT_ID: project };
  return { serving, endpoint, token, env };
}

const PATH = '/v2/p/apigw/instances/gateway/progress';

describe('simulate', { concurrency: 3 }, () => {
  test('serves until Ctrl-C, on the port one wants, and shows what it answers', async (t) => {
    const { serving, endpoint, token } = await simulate(t, ['--quiet']);
    assert.match(endpoint, /^http:\/\/127\.0\.0\.1:\d+$/);
    const { port } = new URL(endpoint);
    const taken = await run(['simulate', '--port', port]);
    assert.match(taken.stderr, new RegExp(`--port: ${port} cannot be listened on \\(EADDRINUSE\\)`));
    assert.equal(taken.code, 2);
    const answer = await fetch(endpoint + PATH, { headers: { 'X-Auth-Token': token } });
    assert.equal((await answer.json()).status, 'creating');
    serving.child.kill('SIGINT');
    const { stderr, code } = await serving.ended;
    assert.deepEqual([stderr, code], ['', 0]);

    const again = await simulate(t, ['--port', port]);
    assert.equal(again.endpoint, endpoint);
    assert.equal((await fetch(endpoint + PATH)).status, 401);
    await again.serving.until('stderr', new RegExp(`^401 GET ${PATH}\n$`));
    assert.equal((await fetch(`${endpoint}//h.example/x`)).status, 404);
  });

  test('prints the lines that lead a shell to it', async (t) => {
    const serving = start(['simulate', '--speed', '3000', '--quiet']);
    t.after(() => serving.child.kill('SIGKILL'));
    const greeting = await serving.until('stdout', /watch .*\n/);
    assert.match(greeting, /^Simulated services at http:\/\/127\.0\.0\.1:\d+, 3000 times as fast/);
    const lines = greeting
      .split('\n')
      .filter((line) => line.startsWith('  '))
      .join('\n');
    const { stdout, code } = await shell(t, lines.replace('--interval 1s', '--interval 100ms'));
    assert.match(stdout, /^gateway-1: succeeded after \d+ min/);
    assert.equal(code, 0);
  });

  test('--seed decides what comes, --throttle how often one may ask', async (t) => {
    const { endpoint, token } = await simulate(t, ['--seed', '7', '--throttle', '1/1h']);
    const asked = () => fetch(endpoint + PATH, { headers: { 'X-Auth-Token': token } });
    const answer = await asked();
    const idOf = async (seed) => {
      const same = await createSimulator({ seed })(PATH, { headers: { 'X-Auth-Token': token } });
      return same.headers.get('X-Request-Id');
    };
    assert.equal(answer.headers.get('X-Request-Id'), await idOf(7));
    assert.notEqual(answer.headers.get('X-Request-Id'), await idOf(1));
    const refused = await asked();
    assert.equal(refused.status, 429);
    assert.match(await refused.text(), /limit:1,time:1 hour/);
  });

  test('accepts the access key of the environment', async (t) => {
    const pair = { HUAWEICLOUD_SDK_AK: 'ak', HUAWEICLOUD_SDK_SK: 'the-secret-key' };
    const key = { ...pair, HUAWEICLOUD_SDK_SECURITY_TOKEN: 'st' };
    const { env } = await simulate(t, ['--speed', '3000'], { env: key });
    const signed = { ...env, ...key, HUAWEICLOUD_TOKEN: '' };
    const watch = ['watch', 'apig.gateway', 'gateway', '--interval', '100ms', '--quiet'];
    assert.equal((await run(watch, { env: signed })).code, 0);
    assert.equal((await run(watch, { env: { ...signed, HUAWEICLOUD_SDK_SK: 'another-key' } })).code, 5);
  });

  test('--list tells the ids that play a part', async () => {
    const { stdout, code } = await run(['simulate', '--list']);
    assert.match(stdout, /^watch apig\.gateway <id>\n {2}gateway +The creation succeeds\.\n/);
    assert.match(stdout, /^ {2}import-partial +The import succeeds, and yet 3 of its 11 APIs/m);
    assert.equal(code, 0);
    const told = events((await run(['simulate', '--list', '--json'])).stdout);
    assert.ok(told.every(({ event }) => event === 'scenario'));
    assert.ok(told.some(({ table, id }) => table === 'keypairTasks' && id === 'kps-bind'));
  });
});
