import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { ANSWER, bin, checkAnswer, modulesIn, report, run, serveSimulator, start, versionOf } from './support.js';
import { checkTogether } from './together.js';

// It keeps to itself, and asks Cloudflare for nothing.
const QUIET = {
  WRANGLER_SEND_METRICS: 'false',
  WRANGLER_LOG_PATH: 'logs',
  XDG_CONFIG_HOME: resolve('config'),
  CLOUDFLARE_CF_FETCH_ENABLED: 'false',
};

await run(bin('wrangler'), ['deploy', '--dry-run', '--outdir', 'dist'], { env: QUIET });
assert.equal(modulesIn('dist').length, 1, `modules in dist/: ${modulesIn('dist')}`);

const ports = ['--ip', '127.0.0.1', '--port', '0', '--inspector-port', '0'];
const words = ['dev', ...ports, '--show-interactive-dev-session=false'];
const worker = await start(bin('wrangler'), words, /Ready on (http:\/\/127\.0\.0\.1:\d+)/, QUIET);

async function post(path, given) {
  const response = await fetch(worker.url + path, { method: 'POST', body: JSON.stringify(given) });
  assert.equal(response.status, 200, await response.clone().text());
  return response.json();
}

try {
  await checkAnswer((endpoint, body) => post('/ask', { endpoint, body }));

  // The clock of a signature is the worker's own.
  const credentials = { accessKey: 'AK', secretKey: 'a secret key' };
  const simulator = await serveSimulator({ clock: Date.now, credentials });
  const signed = await post('/signed', { endpoint: simulator.url, credentials }).finally(simulator.close);
  assert.equal(signed.state, ANSWER.gateway.state);

  await checkTogether(post);
  assert.doesNotMatch(worker.said(), /different request|will never generate a response|hung/i);
} finally {
  worker.stop();
}
report([versionOf('wrangler'), versionOf('workerd')], 1);
