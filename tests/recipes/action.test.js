/** The workflow of the recipes: its step, run by bash as GitHub does it, against a simulator. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { after, describe, test } from 'node:test';
import { parse } from 'yaml';

import { createSimulator } from 'huaweicloud-tasks/simulator';

import { serve } from '../js/support.js';
import { recipe, write } from './recipe.js';

const { '.github/workflows/apis.yaml': workflow } = recipe('GitHub Actions');
const { on, jobs } = parse(workflow);
const step = jobs.import.steps.at(-1);

const DOCUMENT = `openapi: 3.0.0
info:
  title: Pets
  version: '1'
paths:
  /pets:
    get:
      responses: {}
`;
const SECRET = 'a-secret-key-of-40-characters-0123456789';
const SETTINGS = {
  'secrets.HUAWEICLOUD_SDK_AK': 'ACCESSKEY',
  'secrets.HUAWEICLOUD_SDK_SK': SECRET,
  'vars.HUAWEICLOUD_REGION': 'cn-north-4',
  'vars.HUAWEICLOUD_PROJECT_ID': 'my-project',
  'vars.APIG_INSTANCE_ID': 'gateway-1',
  'vars.APIG_GROUP_ID': 'group-1',
};
const folder = write(after, { 'openapi.yaml': DOCUMENT });

/** The step's variables, with the repository's settings filled in. */
function variables(changes) {
  const settings = { ...SETTINGS, ...changes };
  const filled = ([name, value]) => [
    name,
    value.replaceAll(/\$\{\{ ([\w.]+) \}\}/g, (_, setting) => {
      assert.ok(setting in settings, setting);
      return settings[setting];
    }),
  ];
  return Object.fromEntries(Object.entries(step.env).map(filled));
}

/**
 * A simulator over HTTP, where a task has ended when it is first asked about. With `task`, it is the task so named, and
 * not the one that was started.
 */
async function serveSimulator(t, task) {
  const simulator = createSimulator({ credentials: { accessKey: 'ACCESSKEY', secretKey: SECRET } });

  async function toldOf(url) {
    const ask = () => simulator(url.replace(/[^/]+$/, task), { headers: { 'x-auth-token': 'simulator-token' } });
    await ask(); // it begins when it is first asked about
    simulator.advance(60_000);
    return ask();
  }

  const { url, requests } = await serve(t, async ({ method, url, headers }, response) => {
    const body = method === 'POST' ? await requests.at(-1).body : undefined;
    const isOther = task !== undefined && method === 'GET';
    const answer = await (isOther ? toldOf(url) : simulator(`http://${headers.host}${url}`, { method, headers, body }));
    if (method === 'POST') simulator.advance(60_000);
    response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(await answer.text());
  });
  return { url, asked: requests };
}

/** Runs the step as it is, but for the address of the service. */
async function runStep(t, { settings, task } = {}) {
  const { url, asked } = await serveSimulator(t, task);
  const { PATH, HOME } = process.env;
  const runner = { PATH, HOME, CI: 'true', GITHUB_ACTIONS: 'true', npm_config_offline: 'true' };
  const env = { ...runner, ...variables(settings), HUAWEICLOUD_ENDPOINT: url };
  const child = spawn('bash', ['-e', '-c', step.run], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  const output = stdout + stderr;
  assert.ok(!output.includes(SECRET));
  return { code, output, asked, annotations: output.split('\n').filter((line) => line.startsWith('::error')) };
}

describe('the workflow', { concurrency: true, timeout: 60_000 }, () => {
  test('runs when the file that it imports has changed', () => {
    const [file] = on.push.paths;
    assert.ok(step.run.includes(` import ${file} `), step.run);
  });

  test('imports the file into the group, and waits for the end', async (t) => {
    const { code, output, asked, annotations } = await runStep(t);
    assert.deepEqual([code, annotations], [0, []], output);
    const [{ method, url, body: sent }, ...questions] = asked;
    const body = await sent;
    assert.deepEqual([method, url], ['POST', '/v2/my-project/apigw/instances/gateway-1/openapi/async-import']);
    assert.match(body.toString(), /name="is_create_group"\r\n\r\nfalse\r\n/);
    assert.match(body.toString(), /name="group_id"\r\n\r\ngroup-1\r\n/);
    assert.ok(body.toString().includes(DOCUMENT));
    assert.ok(questions.length > 0);
  });

  test('fails when the import fails, and says why', async (t) => {
    const { code, output, annotations } = await runStep(t, { task: 'import-failed-1' });
    assert.equal(code, 1, output);
    assert.match(annotations.join('\n'), /APIG\.3201/);
  });

  test('fails when single APIs are refused', async (t) => {
    const { code, output } = await runStep(t, { task: 'import-partial-1' });
    assert.equal(code, 3, output);
    assert.match(output, /^::(error|warning)/m);
  });

  test('fails at once when the access key is refused', async (t) => {
    const settings = { 'secrets.HUAWEICLOUD_SDK_AK': 'OTHER' };
    const { code, output, asked, annotations } = await runStep(t, { settings });
    assert.equal(code, 5, output);
    assert.deepEqual([asked.length, annotations.length], [1, 1]);
  });

  test('fails when a setting is missing', async (t) => {
    const { code, asked } = await runStep(t, { settings: { 'vars.HUAWEICLOUD_PROJECT_ID': '' } });
    assert.deepEqual([code, asked.length], [2, 0]);
  });
});
