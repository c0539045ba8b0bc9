// A browser by its WebDriver: the protocol is the same for Chromium and Firefox, only the options are not.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

const STARTS_WITHIN_MS = 30_000;

const OPTIONS = {
  Chromium: (binary) => ({
    'goog:chromeOptions': { binary, args: ['--headless', '--no-sandbox', '--disable-gpu', '--js-flags=--expose-gc'] },
  }),
  Firefox: (binary) => ({ 'moz:firefoxOptions': { binary, args: ['-headless'] } }),
};

/** Opens a page; gives what closes the browser. */
export async function openIn({ engine, driver, browser, url }) {
  const port = await freePort();
  const child = spawn(driver, [`--port=${port}`], { stdio: 'ignore' });
  try {
    await isReady(port);
    const alwaysMatch = OPTIONS[engine](browser || undefined);
    const { sessionId } = await ask(port, 'POST', '/session', { capabilities: { alwaysMatch } });
    await ask(port, 'POST', `/session/${sessionId}/url`, { url });
    return async () => {
      await ask(port, 'DELETE', `/session/${sessionId}`);
      child.kill();
    };
  } catch (error) {
    child.kill();
    throw error;
  }
}

async function isReady(port) {
  const end = performance.now() + STARTS_WITHIN_MS;
  for (;;) {
    try {
      if ((await ask(port, 'GET', '/status')).ready) return;
    } catch (error) {
      if (performance.now() > end) throw error;
    }
    await sleep(100);
  }
}

async function ask(port, method, path, body) {
  const response = await fetch(`http://127.0.0.1:${port}${path}`, { method, body: body && JSON.stringify(body) });
  const { value } = await response.json();
  if (!response.ok) throw new Error(`the browser's driver: ${value.message}`);
  return value;
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}
