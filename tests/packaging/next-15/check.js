// The Next that builds with webpack: it reads code for the edge in another way than Turbopack.
import assert from 'node:assert/strict';
import { bin, checkAnswer, checkPage, modulesIn, report, run, start, versionOf } from './support.js';

const env = { NEXT_TELEMETRY_DISABLED: '1' };
await run(bin('next'), ['build'], { env });
assert.equal(modulesIn('.next/static').length, 1, `modules in .next/static: ${modulesIn('.next/static')}`);
assert.equal(modulesIn('.next/server').length, 1, `modules in .next/server: ${modulesIn('.next/server')}`);

const words = ['start', '--hostname', '127.0.0.1', '--port', '0'];
const next = await start(bin('next'), words, /(http:\/\/127\.0\.0\.1:\d+)/, env);
try {
  await checkAnswer(async (endpoint, body) => {
    const response = await fetch(`${next.url}/edge`, { method: 'POST', body: JSON.stringify({ endpoint, body }) });
    assert.equal(response.status, 200, next.said());
    return response.json();
  });
  report([versionOf('next'), await checkPage(next.url, 1)], 1, 'and 1 for the edge');
} finally {
  next.stop();
}
