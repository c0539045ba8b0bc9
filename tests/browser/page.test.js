import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import axe from 'axe-core';
import {
  asked,
  button,
  explain,
  fixture,
  gatewayState,
  radio,
  resultOfTask,
  rows,
  runUntil,
  text,
  visit,
  watchTask,
  withoutServer,
} from './visit.js';

visit('a creation starts by itself and runs to its success', {}, async (page) => {
  await gatewayState(page, 'Ready');
  const percents = await page.evaluate(() => globalThis.percents);
  assert.equal(percents.at(-1), 100);
  assert.ok(percents.length >= 3, `${percents}`);
  assert.deepEqual(
    percents,
    [...percents].sort((one, other) => one - other),
  );
  assert.equal(await page.locator('#gateway-bar').getAttribute('aria-valuetext'), '100 percent, Ready');
  assert.match(await text(page, '#mode'), /120 times as fast/);
  assert.match(await text(page, '#gateway-elapsed'), /^\d+ min \d+ s$/);
  assert.equal(await page.locator('#gateway-stop').getAttribute('aria-disabled'), 'true');
});

visit('without a server, every milestone is shown and said once', { prepare: withoutServer }, async (page) => {
  assert.match(await text(page, '#mode'), /in this page/);
  await runUntil(page, 'Ready');
  assert.deepEqual(await page.evaluate(() => globalThis.percents), [0, 30, 50, 80, 90, 100]);
  assert.deepEqual(await page.evaluate(() => globalThis.spoken), [
    'Gateway: Being created',
    'Gateway: Being created, 30 percent',
    'Gateway: Being created, 50 percent',
    'Gateway: Being created, 80 percent',
    'Gateway: Being created, 90 percent',
    'Gateway: Ready, 100 percent',
  ]);
});

for (const [outcome, code] of Object.entries({
  'No quota': 'APIC.9218',
  'No resources': 'APIC.9219',
  'Another failure': 'APIC.9206',
})) {
  visit(`${outcome}: the code is shown with its meaning`, { prepare: withoutServer }, async (page) => {
    await radio(page, outcome).check();
    await runUntil(page, 'Failed');
    const problem = await text(page, '#gateway-problem');
    const { meaning, advice } = explain(code);
    for (const part of [code, meaning, advice, 'create failed...']) assert.ok(problem.includes(part), part);
    assert.equal(await text(page, '#gateway-live'), `Gateway: Failed, ${code}`);
  });
}

visit('an unknown word is shown as it came, and is no end', { prepare: withoutServer }, async (page) => {
  await radio(page, 'An unknown word').check();
  await runUntil(page, 'queued');
  assert.match(await text(page, '#gateway-sentence'), /neither success nor failure/);
  await runUntil(page, 'Ready');
});

visit('Stop ends the asking, and Start again begins anew', { prepare: withoutServer }, async (page) => {
  while ((await asked(page)) < 3) await page.clock.runFor(250);
  await button(page, 'Stop').first().click();
  await gatewayState(page, 'Stopped');
  const before = await asked(page);
  await page.clock.runFor(10_000);
  assert.equal(await asked(page), before);
  assert.equal(await text(page, '#gateway-badge'), 'Stopped');
  await page.locator('#gateway-start').click();
  await gatewayState(page, 'Being created');
  assert.equal(await asked(page), 1);
});

visit(
  'errors that may pass are outlived',
  {
    // The client makes a call three times by itself: the page asks again after that.
    prepare: (page) => page.route('**/progress', (route) => route.fulfill({ status: 503, body: '' }), { times: 4 }),
  },
  async (page) => {
    await gatewayState(page, 'Being created');
    assert.ok((await asked(page)) >= 2);
  },
);

visit('the first section works by keyboard alone', { prepare: withoutServer }, async (page) => {
  const focused = () => page.evaluate(() => document.activeElement.textContent.trim() || document.activeElement.value);
  await page.keyboard.press('Tab');
  assert.equal(await focused(), 'Skip to the content');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  assert.equal(await focused(), 'gateway');
  await page.keyboard.press('ArrowDown');
  assert.equal(await focused(), 'quota');
  await runUntil(page, 'Failed');
  await page.keyboard.press('Tab');
  assert.equal(await focused(), 'Start again');
  await page.keyboard.press('Enter');
  await gatewayState(page, 'Being created');
  await page.keyboard.press('Tab');
  assert.equal(await focused(), 'Stop');
  await page.keyboard.press('Enter');
  await gatewayState(page, 'Stopped');
  assert.equal(await focused(), 'Stop');
});

visit('an import in part is shown row by row', {}, async (page) => {
  const result = await resultOfTask(page, /^Import, in part/);
  assert.deepEqual(
    await rows(page, 'Refused'),
    result.failure.map(({ method, path, error_code: code }) => [method, path, code, explain(code).meaning]),
  );
  assert.deepEqual(
    await rows(page, 'Imported'),
    result.success.map(({ method, path, action, id }) => [method, path, action, id]),
  );
  assert.deepEqual(
    await rows(page, 'Left out'),
    result.ignore.map(({ method, path }) => [method, path]),
  );
  assert.equal(await text(page, '#tasks-live'), 'Import: 6 imported, 3 refused, 2 left out');
  await page.locator('#tasks-result caption', { hasText: 'Refused (3)' }).waitFor();
});

visit('a long report is cut, and says so', {}, async (page) => {
  await watchTask(page, /^Import, very many/);
  assert.equal((await rows(page, 'Imported')).length, 200);
  await page.locator('#tasks-result caption', { hasText: 'Imported (1,000)' }).waitFor();
  assert.ok((await text(page, '#tasks-result')).includes('800 more rows'));
});

visit('a refused import is explained', {}, async (page) => {
  await watchTask(page, /^Import, refused/);
  assert.ok((await text(page, '#tasks-result')).includes(explain('APIG.3201').meaning));
});

for (const format of ['json', 'yaml']) {
  visit(`an export as ${format} is saved byte for byte, under a name that is legal everywhere`, {}, async (page) => {
    const result = await resultOfTask(page, `Export as ${format.toUpperCase()}`);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page
        .locator('#tasks-result')
        .getByRole('button', { name: /^Download/ })
        .click(),
    ]);
    assert.match(download.suggestedFilename(), new RegExp(`^[^<>:"/\\\\|?*\\x00-\\x1f]+\\.${format}$`));
    assert.equal(await readFile(await download.path(), 'utf8'), result.Comment);
  });
}

visit('a pasted body is decoded without any request', {}, async (page) => {
  await button(page, 'Stop').first().click();
  await gatewayState(page, 'Stopped');
  let requests = 0;
  page.on('request', () => {
    requests += 1;
  });
  await page.locator('#decode-body').fill(await fixture('apig-async-task/200-import-succeed'));
  await page.locator('#decode-result caption', { hasText: 'Imported (1)' }).waitFor();
  assert.equal(await text(page, '#decode-live'), 'Decoded. Import: 1 imported, 0 refused, 0 left out');
  assert.deepEqual(await rows(page, 'Imported'), [['GET', '/test1', 'create', 'ee93ce6815f04896b301452982b92222']]);
  assert.match(await text(page, '#decode-note'), /no request made/);
  assert.equal(requests, 0);
});

visit('what cannot be decoded is said plainly, and the page goes on', {}, async (page) => {
  const body = page.locator('#decode-body');
  const refusal = page.locator('#decode-result', { hasText: 'This is not the body of a task' });
  const task = '"task_id":"a","task_type":"import_api","task_status":"succeed"';
  const wrong = JSON.stringify('{"success":[{},7]}');
  const deep = `${'['.repeat(10_000)}${']'.repeat(10_000)}`;
  for (const [pasted, where] of [
    ['garbage', ''],
    [deep, ''],
    [`{${task},"task_result":${JSON.stringify(deep)}}`, 'task_result'],
    ['{}', 'task_'],
    [`{${task},"task_result":${wrong}}`, 'task_result.success[1]'],
  ]) {
    await button(page, 'Waiting').click();
    await body.fill(pasted);
    await refusal.waitFor();
    const shown = await refusal.textContent();
    assert.ok(shown.includes(where), shown);
    assert.match(shown, /Where.+Expected.+DecodeError/s);
    assert.equal(await body.getAttribute('aria-invalid'), 'true');
  }
  await button(page, 'Import').click();
  await page.locator('#decode-result caption', { hasText: 'Imported (1)' }).waitFor();
});

visit('markup in a body stays text', {}, async (page) => {
  const path = '<img src="x" onerror="alert(1)"><style>*{display:none}</style>';
  const result = JSON.stringify({ success: [{ id: path, method: path, path, action: path }] });
  const body = { task_id: path, task_type: 'import_api', task_status: 'succeed', task_result: result };
  await page.locator('#decode-body').fill(JSON.stringify(body));
  await page.locator('#decode-result caption', { hasText: 'Imported (1)' }).waitFor();
  assert.equal((await rows(page, 'Imported'))[0][1], path);
  assert.equal(await page.locator('#decode-result').locator('img, style').count(), 0);
});

visit('every error button shows what the call threw', {}, async (page) => {
  for (const [label, name, kind, status, code] of [
    ['401', 'AuthError', 'auth', '401', 'APIC.7102'],
    ['403', 'PermissionError', 'permission', '403', 'APIC.7106'],
    ['404', 'NotFoundError', 'notFound', '404', 'APIC.7302'],
    ['429', 'RateLimitError', 'rateLimit', '429', 'APIG.0308'],
    ['500', 'ServerError', 'server', '500', 'APIC.9000'],
    ['HTML', 'ServerError', 'server', '502', null],
    ['Half', 'DecodeError', 'decode', '200', null],
    ['Time-out', 'TimeoutError', 'timeout', 'none', null],
  ]) {
    await page.locator('#errors-buttons button', { hasText: label }).click();
    await page.locator('#errors-result h3', { hasText: name }).waitFor();
    const facts = Object.fromEntries(
      await page
        .locator('#errors-result dl > div')
        .evaluateAll((all) => all.map((row) => [row.children[0].textContent, row.children[1].textContent])),
    );
    assert.deepEqual([facts.kind, facts.status, facts.code], [kind, status, code ?? 'none'], label);
    assert.match(facts.retryable, /^(true|false)$/, label);
    if (status !== 'none') assert.match(facts.requestId, /^\w{8,}/, label);
    const shown = await text(page, '#errors-result');
    if (code) assert.ok(shown.includes(explain(code).meaning) && shown.includes(explain(code).advice), label);
  }
});

visit(
  'upstream, it asks for ids and sends no token',
  {
    prepare: async (page) => {
      const config = { mode: 'upstream', endpoint: '/huawei', projectId: 'p', token: null, speed: 1, sizes: [] };
      await page.route('**/config.json', (route) => route.fulfill({ json: config }));
      const body = await fixture('apig-gateway-progress/200-success');
      await page.route('**/progress', (route) => route.fulfill({ contentType: 'application/json', body }));
    },
  },
  async (page) => {
    await page.getByLabel('Gateway id').first().fill('../mine');
    const [request] = await Promise.all([page.waitForRequest('**/progress'), page.locator('#gateway-start').click()]);
    assert.ok(request.url().endsWith('/huawei/v2/p/apigw/instances/..%2Fmine/progress'), request.url());
    assert.equal((await request.allHeaders())['x-auth-token'], undefined);
    await gatewayState(page, 'Ready');
    assert.equal(await text(page, '#gateway-elapsed'), '5 min 23 s');
    assert.equal(await radio(page, 'No quota').count(), 0);
  },
);

visit(
  'a package that cannot be loaded is no silent page',
  {
    ready: '#notice p',
    prepare: (page) => page.route(/\.wasm$|bytes\.js$/, (route) => route.fulfill({ status: 404 })),
  },
  async (page) => assert.match(await text(page, '#notice'), /could not be loaded/),
);

visit(
  "where the module's file is not served, it comes out of the JavaScript",
  {
    prepare: (page) => page.route('**/*.wasm', (route) => route.fulfill({ contentType: 'text/html', body: '<html>' })),
  },
  async (page) => {
    await page.locator('#errors-buttons button', { hasText: '429' }).click();
    await page.locator('#errors-result h3', { hasText: 'RateLimitError' }).waitFor();
  },
);

for (const colorScheme of ['light', 'dark']) {
  for (const width of [1280, 360]) {
    visit(
      `${colorScheme}, ${width} px: no fault that axe can find, no sideways scrolling`,
      {
        colorScheme,
        viewport: { width, height: 800 },
      },
      async (page) => {
        await radio(page, 'No quota').check();
        await page.locator('#errors-buttons button', { hasText: '429' }).click();
        await watchTask(page, /^Import, in part/);
        await gatewayState(page, 'Failed');
        await page.evaluate(axe.source);
        const { violations } = await page.evaluate(() => globalThis.axe.run());
        assert.deepEqual(
          violations.map(({ id, nodes }) => [id, nodes.map(({ target }) => String(target))]),
          [],
        );
        const [content, frame] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
        assert.ok(content <= frame, `${content} px in ${frame} px`);
      },
    );
  }
}
