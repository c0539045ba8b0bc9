/** What the simulator answers for ROMA Connect, SFS Turbo, key pairs and Cloud VR, against the documents. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { createSimulator, scenarios } from 'huaweicloud-tasks/simulator';

const START = 1_741_262_473_785;
const HEADERS = { 'X-Auth-Token': 'simulator-token', 'Content-Type': 'application/json' };
const HALF_AN_HOUR = 1_800_000;

const roma = (id) => `/v2/p/instances/${id}/process`;
const job = (id) => `/v1/p/sfs-turbo/jobs/${id}`;
const keypairTask = (id) => `/v3/p/tasks/${id}`;
const renderTasks = (query = '') => `/v2/cvr/render-tasks${query}`;

/** A simulator whose time moves by `advance` only, and questions to it. */
function begin(options) {
  const simulator = createSimulator({ clock: () => START, ...options });
  const ask = (path, init) => simulator(path, { headers: HEADERS, ...init });
  const read = async (path) => (await ask(path)).json();
  const post = (path, body) => ask(path, { method: 'POST', body: JSON.stringify(body) });
  return { simulator, ask, read, post };
}

const fixture = async (name) =>
  JSON.parse(await readFile(join(process.env.PROJECT_ROOT, 'tests/fixtures', `${name}.json`), 'utf8'));

const types = (value) =>
  Object.fromEntries(Object.entries(value).map(([key, item]) => [key, item === null ? 'null' : typeof item]));

describe('a ROMA instance', () => {
  test('has the fields of the documents in their order, and their types', async () => {
    const { simulator, read } = begin();
    await read(roma('roma'));
    simulator.advance(30_109);
    const body = await read(roma('roma'));
    const example = await fixture('roma-instance-process/200-creating');
    assert.equal(Object.keys(body.instance).length, 69);
    assert.deepEqual(Object.entries(types(body.instance)), Object.entries(types(example.instance)));
    assert.deepEqual(Object.entries(types(body)), Object.entries(types(example)));
    assert.deepEqual(body.item.map(types), example.item.map(types));
    for (const name of ['currentTime', 'start_time', 'taken_time', 'end_time', 'status']) {
      assert.equal(body[name], example[name], name);
    }
    for (const name of ['status', 'createdAt', 'updatedAt', 'availableZones', 'maintainBegin', 'conAmount']) {
      assert.equal(body.instance[name], example.instance[name], name);
    }
    assert.match(body.instance.errorCode, /^JOB-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    assert.deepEqual(body.item[0], example.item[0]);
  });

  test('is created, and its items each at their own pace', async () => {
    const { simulator, read } = begin();
    let body = await read(roma('roma'));
    const { errorCode } = body.instance;
    const seen = new Set();
    while (body.status === 'creating') {
      assert.deepEqual([body.end_time, body.instance.status], [0, 'CREATING']);
      assert.equal(body.instance.errorCode, errorCode);
      seen.add(body.item.map(({ status }) => status).join());
      assert.ok(body.progress < 100);
      simulator.advance(10_000);
      body = await read(roma('roma'));
    }
    assert.deepEqual([...seen], ['creating,creating', 'creating,success']);
    assert.deepEqual([body.status, body.progress, body.instance.status], ['success', 100, 'RUNNING']);
    assert.deepEqual(
      body.item.map(({ progress }) => progress),
      [100, 100],
    );
    assert.equal(body.instance.errorCode, null);
    assert.ok(body.end_time > START && body.end_time <= simulator.now());
    assert.equal(body.instance.updatedAt, body.end_time);
  });

  test('can fail, with HTTP 200', async () => {
    const { simulator, ask, read } = begin();
    await ask(roma('roma-failed'));
    simulator.advance(HALF_AN_HOUR);
    const response = await ask(roma('roma-failed'));
    assert.equal(response.status, 200);
    const body = await response.json();
    assert.deepEqual([body.status, body.instance.status], ['failed', 'CREATE_FAILED']);
    assert.ok(body.progress < 100 && body.end_time > START);
    assert.ok(body.item.some(({ error_code: code, status }) => code === 'ROMA.9999' && status === 'failed'));
    assert.deepEqual(await read(roma('roma-failed')), body);
  });

  test('refuses a token with 400', async () => {
    const { ask } = begin();
    for (const [headers, code] of [
      [{}, 'ROMA.1000'],
      [{ 'X-AUTH-TOKEN': 'wrong' }, 'ROMA.1002'],
    ]) {
      const response = await ask(roma('roma'), { headers });
      assert.equal(response.status, 400);
      assert.equal((await response.json()).error_code, code);
    }
  });
});

describe('an SFS Turbo job', () => {
  const ZONELESS = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/;

  test('waits, runs and succeeds, one sub job after the other', async () => {
    const { simulator, read } = begin();
    const seen = [];
    let body;
    do {
      body = await read(job('job'));
      const statuses = [body, ...body.sub_jobs].map(({ status }) => status).join();
      if (seen.at(-1) !== statuses) seen.push(statuses);
      simulator.advance(1_000);
    } while (body.status !== 'success');
    assert.deepEqual(seen, [
      'waiting,waiting,waiting,waiting',
      'running,running,waiting,waiting',
      'running,success,running,waiting',
      'running,success,success,running',
      'success,success,success,success',
    ]);
    for (const { begin_time: from, end_time: to, error_code: code } of [body, ...body.sub_jobs]) {
      assert.match(from, ZONELESS);
      assert.match(to, ZONELESS);
      assert.ok(from <= to);
      assert.equal(code, undefined);
    }
    assert.ok(body.sub_jobs.every((one) => one.sub_jobs === undefined));
    assert.ok(Date.parse(`${body.begin_time}Z`) - START < 3_000, 'the times are UTC');
  });

  test('can fail, with HTTP 200, and its sub job with it', async () => {
    const { simulator, ask, read } = begin();
    await ask(job('job-failed'));
    simulator.advance(HALF_AN_HOUR);
    const response = await ask(job('job-failed'));
    assert.equal(response.status, 200);
    const body = await response.json();
    assert.equal(body.status, 'failed');
    assert.equal(body.error_code, 'SFS.TURBO.0104');
    assert.equal(body.fail_reason, 'Failed to import or export OBS data');
    assert.equal(body.sub_jobs.filter(({ status }) => status === 'failed').length, 1);
    assert.equal((await read(job('waiting'))).status, 'waiting');
  });

  test("is that of the documents' example", async () => {
    const response = await begin().ask(job('job-ldap'));
    assert.match(response.headers.get('x-request-id'), /^[0-9a-f]{32}$/);
    const body = await response.json();
    const example = await fixture('sfs-turbo-job/200-success');
    assert.deepEqual(Object.entries(types(body)), Object.entries(types(example)));
    assert.deepEqual([body.status, body.job_type], [example.status, example.job_type]);
    assert.equal(body.begin_time, body.end_time);
  });

  test('needs a Content-Type, and has its own errors', async () => {
    const { ask } = begin();
    const untyped = await ask(job('job'), { headers: { 'X-Auth-Token': 'simulator-token' } });
    assert.equal(untyped.status, 400);
    assert.deepEqual(await untyped.json(), await fixture('sfs-turbo-job/400'));
    for (const [id, status] of [
      ['invalid', 400],
      ['missing', 404],
      ['broken', 500],
    ]) {
      const response = await ask(job(id));
      assert.equal(response.status, status);
      assert.deepEqual(await response.json(), await fixture(`sfs-turbo-job/${status}`));
    }
    assert.deepEqual(await (await ask(job('conflict'))).json(), {
      errCode: 'SFS.TURBO.0037',
      errMsg: 'Operation conflict, client retry',
    });
    const stranger = await ask(job('job'), { headers: {} });
    assert.equal(stranger.status, 401);
    assert.equal((await stranger.json()).error_code, 'APIG.0307');
  });
});

describe('a key pair', () => {
  /** The words of the task that an answer names. */
  async function words(simulator, read, response) {
    assert.equal(response.status, 202);
    const { task_id: taskId, server_id: serverId, status, ...rest } = await response.json();
    assert.deepEqual([status, rest], ['SUCCESS', {}]);
    const seen = [];
    for (const pause of [0, 5_000, 60_000]) {
      simulator.advance(pause);
      const { task_status: word, ...ids } = await read(keypairTask(taskId));
      assert.deepEqual(ids, { server_id: serverId, task_id: taskId });
      seen.push(word);
    }
    return seen;
  }

  for (const [what, path, body, final] of [
    ['reset', 'disassociate', { server: { id: 's' } }, 'SUCCESS_RESET'],
    ['replaced', 'disassociate', { server: { id: 's', auth: { type: 'keypair', key: 'K' } } }, 'SUCCESS_REPLACE'],
    ['bound', 'associate', { keypair_name: 'k', server: { id: 's', port: 22 } }, 'SUCCESS_BIND'],
    ['not bound', 'associate', { keypair_name: 'k', server: { id: 'kps-failed-1' } }, 'FAILED_BIND'],
  ]) {
    test(`is ${what}`, async () => {
      const { simulator, read, post } = begin();
      const [, action] = final.split('_');
      const seen = await words(simulator, read, await post(`/v3/p/keypairs/${path}`, body));
      assert.deepEqual(seen, [`READY_${action}`, `RUNNING_${action}`, final]);
    });
  }

  test("takes the documents' examples", async () => {
    for (const name of ['request-replace', 'request-reset']) {
      const { post } = begin();
      const body = await fixture(`kps-disassociate/${name}`);
      assert.equal((await post('/v3/p/keypairs/disassociate', body)).status, 202);
    }
    const { simulator, read } = begin();
    await read(keypairTask('kps-reset'));
    simulator.advance(5_000);
    const example = await fixture('kps-task/200-running-reset');
    const body = await read(keypairTask('kps-reset'));
    assert.deepEqual(types(body), types(example));
    assert.equal(body.task_status, example.task_status);
  });

  test('can be refused with HTTP 202', async () => {
    const { post } = begin();
    const response = await post('/v3/p/keypairs/associate', { keypair_name: 'k', server: { id: 'kps-refused-1' } });
    assert.equal(response.status, 202);
    const { status, server_id: serverId, error_code: code, error_msg: message } = await response.json();
    assert.deepEqual([status, serverId, code], ['FAILED', 'kps-refused-1', 'KPS.0500']);
    assert.match(message, /./);
  });

  test('needs a whole request, and never repeats a key', async () => {
    const { ask, post } = begin();
    const key = 'very secret';
    for (const [path, body, named] of [
      ['associate', { server: { id: 's' } }, 'keypair_name'],
      ['associate', { keypair_name: 'k' }, 'server'],
      ['associate', { keypair_name: 'k', server: {} }, 'server.id'],
      ['associate', { keypair_name: 'k', server: { id: 's', port: 65_536 } }, 'server.port'],
      ['associate', { keypair_name: 'k', server: { id: 's', disable_password: 'true' } }, 'server.disable_password'],
      ['disassociate', { server: { id: 's', auth: { type: key, key } } }, 'server.auth'],
      ['disassociate', { server: { id: 's', auth: { type: 'password', key: [key] } } }, 'server.auth'],
      ['disassociate', [key], 'server'],
    ]) {
      const response = await post(`/v3/p/keypairs/${path}`, body);
      assert.equal(response.status, 400, named);
      assert.deepEqual(await response.json(), {
        error_code: 'KPS.0400',
        error_msg: `The parameter ${named} is missing or wrong`,
      });
    }
    const broken = await ask('/v3/p/keypairs/associate', { method: 'POST', body: `{"key":"${key}"` });
    assert.equal(broken.status, 400);
    assert.ok(!(await broken.text()).includes(key));
    const right = await post('/v3/p/keypairs/disassociate', { server: { id: 's', auth: { type: 'password', key } } });
    assert.ok(!(await right.text()).includes(key));
  });

  test('task succeeds or fails as its id says', async () => {
    const { simulator, read } = begin();
    const ids = Object.keys(scenarios.keypairTasks).filter((name) => name.startsWith('kps-'));
    for (const id of ids) await read(keypairTask(id));
    simulator.advance(HALF_AN_HOUR);
    for (const id of ids) {
      const [, action, failed] = id.split('-');
      const { task_status: word } = await read(keypairTask(id));
      assert.equal(word, `${failed ? 'FAILED' : 'SUCCESS'}_${action.toUpperCase()}`);
    }
  });
});

describe('render tasks', () => {
  const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

  test('have the fields of the documents, and "" for a time that is not there', async () => {
    const { read } = begin();
    const { count, render_tasks: tasks } = await read(renderTasks('?limit=1000'));
    assert.ok(count >= 240 && count < 360 && tasks.length === count);
    const [example] = (await fixture('cvr-render-tasks/200-one-active')).render_tasks;
    for (const task of tasks) {
      assert.equal(Object.keys(task).length, 17);
      for (const name of Object.keys(example)) assert.equal(typeof task[name], typeof example[name], name);
      for (const id of [task.task_id, task.application_id, task.server_id]) assert.match(id, UUID);
      assert.match(task.start_time, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
      assert.equal(task.finish_time === '', task.status === 'active');
      assert.equal(task.finish_reason === '', task.status === 'active');
      assert.ok(task.finish_time === '' || task.finish_time > task.start_time);
    }
    assert.equal(new Set(tasks.map(({ task_id: id }) => id)).size, count);
    assert.deepEqual(new Set(tasks.map(({ status }) => status)), new Set(['active', 'finish']));
  });

  test('come in pages, and count says how many match', async () => {
    const { simulator, read } = begin();
    const { count, render_tasks: all } = await read(renderTasks('?limit=1000'));
    simulator.advance(HALF_AN_HOUR);
    const pages = [];
    for (let offset = 0; offset < count + 100; offset += 100) {
      const page = await read(renderTasks(`?limit=100&offset=${offset}`));
      assert.equal(page.count, count);
      pages.push(...page.render_tasks);
    }
    assert.deepEqual(pages, all);
    assert.equal((await read(renderTasks())).render_tasks.length, 10);
    assert.notDeepEqual((await begin({ seed: 2 }).read(renderTasks('?limit=1000'))).render_tasks, all);
  });

  test('can be chosen by every field that the call has', async () => {
    const { read } = begin();
    const { count, render_tasks: all } = await read(renderTasks('?limit=1000'));
    for (const name of ['status', 'application_id', 'server_id', 'device_id']) {
      const value = all[0][name];
      const chosen = await read(renderTasks(`?limit=1000&${name}=${value}`));
      assert.deepEqual(
        chosen.render_tasks,
        all.filter((task) => task[name] === value),
      );
      assert.ok(chosen.count > 0 && chosen.count < count, name);
    }
    assert.deepEqual(await read(renderTasks('?server_id=none')), { count: 0, render_tasks: [] });
  });

  test('are refused with a wrong parameter', async () => {
    const { ask } = begin();
    for (const query of ['limit=0', 'limit=1001', 'limit=', 'limit=1.5', 'offset=-1', 'offset=x', 'status=done']) {
      const response = await ask(renderTasks(`?${query}`));
      assert.equal(response.status, 400, query);
      assert.equal((await response.json()).error_code, 'CVR.0001');
    }
    assert.equal((await ask(renderTasks('?application_id=throttled'))).status, 429);
    assert.equal((await ask(renderTasks(), { headers: {} })).status, 401);
  });
});

describe('a flaky operation', () => {
  for (const [kind, path] of [
    ['a gateway', (id) => `/v2/p/apigw/instances/${id}/progress`],
    ['a task', (id) => `/v2/p/apigw/instances/i/async-tasks/${id}`],
    ['a ROMA instance', roma],
    ['a job', job],
    ["a key pair's task", keypairTask],
    ['render tasks', (id) => renderTasks(`?application_id=${id}`)],
  ]) {
    test(`of ${kind} has trouble twice, each id for itself`, async () => {
      const { ask } = begin();
      for (const [id, trouble] of [
        ['flaky', 503],
        ['flaky-1', 503],
        ['flaky-429', 429],
        ['flaky-429-1', 429],
      ]) {
        const responses = [await ask(path(id)), await ask(path(id)), await ask(path(id)), await ask(path(id))];
        assert.deepEqual(
          responses.map(({ status }) => status),
          [trouble, trouble, 200, 200],
        );
        assert.equal(responses[0].headers.get('retry-after'), '0');
        assert.equal(responses[2].headers.get('retry-after'), null);
      }
    });
  }

  test('of a server dispatches its task in the end', async () => {
    const { post } = begin();
    const change = (id) => post('/v3/p/keypairs/disassociate', { server: { id } });
    const statuses = [];
    for (let round = 0; round < 3; round += 1) statuses.push((await change('flaky-1')).status);
    assert.deepEqual(statuses, [503, 503, 202]);
    assert.equal((await change('flaky-2')).status, 503);
  });
});

describe('every scenario', () => {
  const paths = { romaInstances: roma, sfsTurboJobs: job, keypairTasks: keypairTask };
  for (const [table, path] of Object.entries(paths)) {
    test(`of ${table} is described, and can be played`, async () => {
      const { ask } = begin();
      assert.ok(Object.isFrozen(scenarios[table]));
      for (const [name, description] of Object.entries(scenarios[table])) {
        assert.match(description, /\.$/, name);
        const { status } = await ask(path(name));
        assert.equal((await ask(path(`${name}-another`))).status, status, name);
        const [promised = '200'] = /^\d{3}/.exec(description) ?? [];
        assert.equal(status, Number(promised), name);
      }
    });
  }
});
