import assert from 'node:assert/strict';
import {
  ANSWER,
  bin,
  body,
  checkAnswer,
  inChromium,
  modulesIn,
  report,
  run,
  serveSimulator,
  start,
  versionOf,
} from './support.js';

// The address of the proxy's service is built in.
const service = await serveSimulator();
const env = { NEXT_TELEMETRY_DISABLED: '1', SERVICE: service.url };
await run(bin('next'), ['build'], { env });
// One for the page, and one for the edge, which takes no file of the page's.
assert.equal(modulesIn('.next/static').length, 1, `modules in .next/static: ${modulesIn('.next/static')}`);
assert.equal(modulesIn('.next/server').length, 1, `modules in .next/server: ${modulesIn('.next/server')}`);

const words = ['start', '--hostname', '127.0.0.1', '--port', '0'];
const next = await start(bin('next'), words, /(http:\/\/127\.0\.0\.1:\d+)/, env);

async function post(path, given) {
  const response = await fetch(next.url + path, { method: 'POST', body: JSON.stringify(given) });
  assert.equal(response.status, 200, `${path}: ${await response.clone().text()}${next.said()}`);
  return response.json();
}

try {
  for (const path of ['/route', '/edge']) await checkAnswer((endpoint, body) => post(path, { endpoint, body }));

  const page = `${next.url}/?${new URLSearchParams({ body })}`;
  const browser = await inChromium(page, async ({ page, ask, wasm }) => {
    assert.deepEqual(JSON.parse(await page.locator('#decoded').textContent()), ANSWER.task);
    assert.deepEqual(await ask('/huawei', body), ANSWER);
    assert.equal(service.asked, 1);
    assert.equal(wasm.size, 1);
    assert.equal(await page.evaluate(() => globalThis.usedBytes), false);
  });
  report([versionOf('next'), browser], 1, 'and 1 for the edge');
} finally {
  next.stop();
  service.close();
}
