// Many requests at once in one isolate, with one client: what waits for one of them must not be woken by another.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';

const REQUESTS = 50;

/** Answers questions in turned order, once all of them are there: half of the creation first, then all of it. */
async function serveGateways() {
  const waiting = [];
  const asked = new Map();
  const server = createServer((request, response) => {
    const id = request.url.split('/')[5];
    asked.set(id, (asked.get(id) ?? 0) + 1);
    const status = asked.get(id) === 1 ? 'creating' : 'success';
    const answer = { progress: Number(id), status, start_time: 1_700_000_000_000, end_time: 1_700_000_000_000 };
    waiting.push(() => response.end(JSON.stringify(answer)));
    if (waiting.length === REQUESTS) for (const answer of waiting.splice(0).reverse()) answer();
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, asked, url: `http://127.0.0.1:${server.address().port}` };
}

/** @param {(path: string, given: object) => Promise<any>} post asks the worker */
export async function checkTogether(post) {
  const { server, asked, url } = await serveGateways();
  try {
    const ids = Array.from({ length: REQUESTS }, (_, index) => String(index));
    const ask = (id) => post('/watched', { endpoint: url, instanceId: id });
    const answers = await Promise.all(ids.map(ask));
    assert.deepEqual(
      answers,
      ids.map((id) => ({ first: Number(id), last: Number(id), state: 'succeeded' })),
    );
    assert.deepEqual(
      [...asked.values()],
      ids.map(() => 2),
      'how often each was asked about',
    );
  } finally {
    server.closeAllConnections();
    server.close();
  }
}
