// Cloud VR's render tasks over real HTTP, one page and all of them. Expected values are written by hand from the
// documents.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { createClient } from 'huaweicloud-tasks';

import { answering, fixture, rejection, serve } from './support.js';

const ONE_ACTIVE = fixture('cvr-render-tasks/200-one-active.json');

const cvrAt = (url) => createClient({ endpoint: url, projectId: 'project/1', token: 'token-1' }).cvr;
const queryOf = (request) => Object.fromEntries(new URL(request.url, 'http://h').searchParams);
const offsetOf = (request) => Number(queryOf(request).offset ?? 0);

/** What is made of a body. */
async function tasksOf(test, body) {
  const { url } = await serve(test, answering(200, typeof body === 'string' ? body : JSON.stringify(body)));
  return cvrAt(url).renderTasks();
}

/** Serves a list by the page of two; `count` is what each page says of the whole. */
async function serveList(test, length, count = () => length) {
  const { url, requests } = await serve(test, (request, response) => {
    const { limit = '2', offset = '0' } = queryOf(request);
    const [from, to] = [Number(offset), Math.min(Number(offset) + Number(limit), length)];
    const tasks = Array.from({ length: Math.max(to - from, 0) }, (_, index) => ({ task_id: `task-${from + index}` }));
    response.end(JSON.stringify({ count: count(from), render_tasks: tasks }));
  });
  return { cvr: cvrAt(url), requests };
}

/** The ids of each page, until there are no more. */
async function idsOf(pages) {
  const ids = [];
  for await (const { renderTasks } of pages) ids.push(renderTasks.map(({ taskId }) => taskId));
  return ids;
}

test('cvr-render-tasks/200-one-active.json: one task that runs', async (t) => {
  const { url, requests } = await serve(t, answering(200, ONE_ACTIVE));
  assert.deepEqual(await cvrAt(url).renderTasks(), {
    count: 1,
    renderTasks: [
      {
        taskId: '5a229588-7bea-11eb-bb6d-84a93e805fe6',
        applicationId: '63b79e6e-7be9-11eb-8817-84a93e805fe6',
        serverId: '63231434-7bea-11eb-9409-84a93e805fe6',
        sessionId: '1',
        deviceId: '0FBCA6',
        deviceBrand: null,
        deviceType: null,
        applicationUser: null,
        applicationLaunchArgs: null,
        protocolType: null,
        location: [],
        resolution: null,
        gpuIpType: null,
        status: 'active',
        startedAt: 1614689713000,
        finishedAt: null,
        finishReason: null,
      },
    ],
    raw: ONE_ACTIVE,
  });
  const [{ method, url: path, headers, body }] = requests;
  assert.deepEqual([requests.length, method, path], [1, 'GET', '/v2/cvr/render-tasks']);
  assert.deepEqual([headers['x-auth-token'], headers['content-type']], ['token-1', undefined]);
  assert.equal((await body).length, 0);
});

test('every filter is in the query, percent-encoded', async (t) => {
  const { url, requests } = await serve(t, answering(200, ONE_ACTIVE));
  const filter = {
    ...{ status: 'finish', applicationId: 'a b&c=d/ä', serverId: 's+1', deviceId: 'd#%', limit: 1_000, offset: 0 },
  };
  await cvrAt(url).renderTasks(filter, { timeoutMs: 5_000 });
  assert.deepEqual(queryOf(requests[0]), {
    status: 'finish',
    application_id: 'a b&c=d/ä',
    server_id: 's+1',
    device_id: 'd#%',
    limit: '1000',
    offset: '0',
  });
  for (const part of ['application_id=a%20b%26c%3Dd%2F%C3%A4', 'server_id=s%2B1', 'device_id=d%23%25']) {
    assert.ok(requests[0].url.includes(part), part);
  }
  await cvrAt(url).renderTasks({ status: 'active', limit: 1, offset: undefined });
  assert.deepEqual(queryOf(requests[1]), { status: 'active', limit: '1' });
});

test('a task with all it can have', async (t) => {
  const body = {
    count: '2',
    render_tasks: [
      {
        ...{ task_id: 't', application_id: 'a', server_id: 's', session_id: 5, device_id: 'd', device_brand: 'b' },
        ...{ device_type: 'VR', application_user: 'u', application_launch_args: '-x "ä"', protocol_type: 'p' },
        ...{ location: ['edge-1', 'edge-2'], resolution: '1920x1080', gpu_ip_type: 'public', status: 'FINISH' },
        ...{ start_time: '2020-05-20T03:30:52Z', finish_time: '2020-05-20T11:30:52.5+08:00' },
        ...{ finish_reason: 'Normal', new_field: {} },
      },
      { status: 'lost', finish_reason: 'moon_phase', location: null, start_time: null },
    ],
  };
  const { count, renderTasks } = await tasksOf(t, body);
  assert.equal(count, 2);
  assert.deepEqual(renderTasks[0], {
    ...{ taskId: 't', applicationId: 'a', serverId: 's', sessionId: '5', deviceId: 'd', deviceBrand: 'b' },
    ...{ deviceType: 'VR', applicationUser: 'u', applicationLaunchArgs: '-x "ä"', protocolType: 'p' },
    ...{ location: ['edge-1', 'edge-2'], resolution: '1920x1080', gpuIpType: 'public', status: 'finish' },
    ...{ startedAt: 1589945452000, finishedAt: 1589945452500, finishReason: 'normal' },
  });
  assert.deepEqual(renderTasks[1], {
    ...{ taskId: null, applicationId: null, serverId: null, sessionId: null, deviceId: null, deviceBrand: null },
    ...{ deviceType: null, applicationUser: null, applicationLaunchArgs: null, protocolType: null, location: [] },
    ...{ resolution: null, gpuIpType: null, status: 'lost', startedAt: null, finishedAt: null },
    finishReason: 'moon_phase',
  });
});

test('each documented reason for an end is known', async (t) => {
  for (const reason of ['cancel', 'normal', 'error', 'server_deleted', 'application_start_failed', 'device_changed']) {
    const { renderTasks } = await tasksOf(t, { render_tasks: [{ finish_reason: reason.toUpperCase() }] });
    assert.equal(renderTasks[0].finishReason, reason);
  }
});

test('a list with nothing in it', async (t) => {
  for (const body of ['{}', '{"count":null,"render_tasks":null}']) {
    assert.deepEqual(await tasksOf(t, body), { count: null, renderTasks: [], raw: body });
  }
});

test('what is not a list of tasks is told by place', async (t) => {
  for (const [body, path] of [
    ['', ''],
    ['[]', ''],
    ['{"count":"many"}', 'count'],
    ['{"render_tasks":{}}', 'render_tasks'],
    ['{"render_tasks":[{},{"start_time":"2021-03-02 12:55:13"}]}', 'render_tasks[1].start_time'],
    ['{"render_tasks":[{"location":"edge-1"}]}', 'render_tasks[0].location'],
  ]) {
    const error = await rejection(tasksOf(t, body));
    assert.deepEqual([error.name, error.path, error.raw], ['DecodeError', path, body]);
  }
});

for (const [about, filter, field] of [
  ['limit 0', { limit: 0 }, 'limit'],
  ['limit 1,001', { limit: 1_001 }, 'limit'],
  ['a broken limit', { limit: 1.5 }, 'limit'],
  ['a limit that is no number', { limit: NaN }, 'limit'],
  ['a text as limit', { limit: '10' }, 'limit'],
  ['an offset below 0', { offset: -1 }, 'offset'],
  ['another status', { status: 'done' }, 'status'],
  ['an empty id', { applicationId: '' }, 'applicationId'],
  ['a number as id', { serverId: 5 }, 'serverId'],
  ['a list as id', { deviceId: ['d'] }, 'deviceId'],
  ['an unknown filter', { foo: 1 }, 'foo'],
  ['a project', { projectId: 'p' }, 'projectId'],
  ['an option among the filters', { timeoutMs: 5_000 }, 'timeoutMs'],
  ["the service's own spelling", { application_id: 'a' }, 'application_id'],
]) {
  test(`render tasks: ${about} is refused, and nothing is sent`, async (t) => {
    const { url, requests } = await serve(t, answering(200, ONE_ACTIVE));
    for (const call of [(cvr) => cvr.renderTasks(filter), (cvr) => cvr.renderTaskPages(filter).next()]) {
      const error = await rejection(call(cvrAt(url)));
      assert.deepEqual([error.name, error.field, requests.length], ['ConfigError', field, 0]);
    }
  });
}

for (const [about, filter, options, field] of [
  ['a number as filter', 5, {}, 'filter'],
  ['a text as filter', 'active', {}, 'filter'],
  ['null as filter', null, {}, 'filter'],
  ['options that are no object', {}, 5, 'options'],
  ['an unknown option', {}, { foo: 1 }, 'foo'],
]) {
  test(`render tasks: ${about} is refused, as a rejection`, async (t) => {
    const { url, requests } = await serve(t, answering(200, ONE_ACTIVE));
    const error = await rejection(cvrAt(url).renderTasks(filter, options));
    assert.deepEqual([error.name, error.field, requests.length], ['ConfigError', field, 0]);
  });
}

test('pages end by themselves, three of them', async (t) => {
  const { cvr, requests } = await serveList(t, 5);
  const filter = { status: 'active', applicationId: 'a', limit: 2 };
  const pages = [['task-0', 'task-1'], ['task-2', 'task-3'], ['task-4']];
  assert.deepEqual(await idsOf(cvr.renderTaskPages(filter)), pages);
  assert.deepEqual(requests.map(offsetOf), [0, 2, 4]);
  for (const request of requests) {
    const { offset: _, ...query } = queryOf(request);
    assert.deepEqual(query, { status: 'active', application_id: 'a', limit: '2' });
  }
  assert.deepEqual(filter, { status: 'active', applicationId: 'a', limit: 2 }, "the filter is the caller's");
});

test('a page is what renderTasks answers', async (t) => {
  const { url } = await serve(t, answering(200, ONE_ACTIVE));
  for await (const page of cvrAt(url).renderTaskPages()) assert.deepEqual(page, await cvrAt(url).renderTasks());
});

test('pages begin where they are told to', async (t) => {
  const { cvr, requests } = await serveList(t, 5);
  assert.deepEqual(await idsOf(cvr.renderTaskPages({ offset: 3, limit: 2 })), [['task-3', 'task-4']]);
  assert.deepEqual(requests.map(offsetOf), [3]);
});

test('an empty last page is the end, whatever the count says', async (t) => {
  for (const [about, count] of [
    ['too many', () => 1_000],
    ['ever more', (offset) => offset + 100],
    ['nothing', () => null],
  ]) {
    const { cvr, requests } = await serveList(t, 4, count);
    const pages = [
      ['task-0', 'task-1'],
      ['task-2', 'task-3'],
    ];
    assert.deepEqual(await idsOf(cvr.renderTaskPages({ limit: 2 })), pages, about);
    assert.deepEqual(requests.map(offsetOf), [0, 2, 4], about);
  }
});

test('pages can be asked for apart from their client', async (t) => {
  const {
    cvr: { renderTaskPages },
  } = await serveList(t, 3);
  assert.deepEqual(await idsOf(renderTaskPages()), [['task-0', 'task-1'], ['task-2']]);
});

test('nothing to list is no page at all', async (t) => {
  const { cvr, requests } = await serveList(t, 0);
  assert.deepEqual(await idsOf(cvr.renderTaskPages()), []);
  assert.equal(requests.length, 1);
});

test('who breaks off early sends nothing more', async (t) => {
  const { cvr, requests } = await serveList(t, 100);
  for await (const { renderTasks } of cvr.renderTaskPages({ limit: 2 })) {
    if (renderTasks[0].taskId === 'task-2') break;
  }
  await new Promise((resolve) => setTimeout(resolve, 50));
  assert.deepEqual(requests.map(offsetOf), [0, 2]);
});

test('pages that nobody asks for are not fetched', async (t) => {
  const { cvr, requests } = await serveList(t, 100);
  const pages = cvr.renderTaskPages({ limit: 2 });
  await new Promise((resolve) => setTimeout(resolve, 50));
  assert.equal(requests.length, 0);
  assert.equal((await pages.next()).value.count, 100);
  await new Promise((resolve) => setTimeout(resolve, 50));
  assert.equal(requests.length, 1);
});

test("an abort between pages ends them with the caller's reason", async (t) => {
  const { cvr, requests } = await serveList(t, 100);
  const controller = new AbortController();
  const reason = new Error('enough');
  const seen = [];
  const reading = (async () => {
    for await (const page of cvr.renderTaskPages({ limit: 2 }, { signal: controller.signal })) {
      seen.push(page.renderTasks.length);
      if (seen.length === 2) controller.abort(reason);
    }
  })();
  assert.equal(await rejection(reading), reason);
  assert.deepEqual(
    [seen, requests.map(offsetOf)],
    [
      [2, 2],
      [0, 2],
    ],
  );
});

test('a page that fails ends the pages with its error', async (t) => {
  const { url, requests } = await serve(t, (request, response) => {
    if (offsetOf(request) > 0) return answering(400, '{"error_code":"CVR.0001","error_msg":"no"}')(request, response);
    response.end('{"count":4,"render_tasks":[{"task_id":"t"},{}]}');
  });
  const error = await rejection(idsOf(cvrAt(url).renderTaskPages()));
  assert.deepEqual([error.name, error.code, requests.length], ['ApiError', 'CVR.0001', 2]);
});
