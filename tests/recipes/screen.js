// A page in Chromium, before a simulator at /huawei of the page's own origin. The time of both moves by `pass` only.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';

import { createSimulator } from 'huaweicloud-tasks/simulator';

import { launch } from '../chromium.js';

const START = 1_700_000_000_000;
const POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'";
const TYPES = { html: 'text/html', js: 'text/javascript', wasm: 'application/wasm' };

let browser;

before(async () => {
  browser = await launch();
});
after(() => browser?.close());

/**
 * A test on a page. It fails, too, when the page logs an error, throws or breaks its content policy.
 *
 * @param {{ files: Record<string, string | Uint8Array>, policy?: string | null }} site what is served, by path, and its
 *   content policy, `null` when the page has its own
 * @param {(screen: Screen) => Promise<void>} body
 */
export function onScreen(name, { files, policy = POLICY }, body) {
  test(name, { timeout: 60_000 }, async () => {
    const site = await serveSite(files, policy);
    const context = await browser.newContext({ baseURL: site.url });
    try {
      const page = await context.newPage();
      page.setDefaultTimeout(20_000);
      const problems = [];
      page.on('pageerror', (error) => problems.push(String(error)));
      page.on('console', (message) => {
        const isAnswer = /^Failed to load resource: the server responded with a status of [45]\d\d/;
        if (['error', 'warning'].includes(message.type()) && !isAnswer.test(message.text())) {
          problems.push(message.text());
        }
      });
      await page.clock.install({ time: START });
      await page.clock.pauseAt(START + 1_000);
      site.simulator.advance(1_000);
      await body(new Screen(page, site, problems));
      assert.deepEqual(problems, []);
    } finally {
      await context.close();
      await site.close();
    }
  });
}

async function serveSite(files, policy) {
  const simulator = createSimulator({ clock: () => START });
  const site = { simulator, asked: [], left: 0, isHolding: false };

  async function answerHuawei(request, response) {
    site.asked.push(request.url);
    response.on('close', () => (site.left += response.writableFinished ? 0 : 1));
    if (site.isHolding) return;
    const answer = await simulator(request.url, { headers: { 'x-auth-token': 'simulator-token' } });
    response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(await answer.text());
  }

  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, 'http://localhost');
    if (pathname.startsWith('/huawei/')) return answerHuawei(request, response);
    const content = files[pathname.slice(1)];
    if (content === undefined) return response.writeHead(404).end();
    if (policy !== null) response.setHeader('content-security-policy', policy);
    response.writeHead(200, { 'content-type': TYPES[pathname.split('.').at(-1)] }).end(content);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  site.url = `http://127.0.0.1:${server.address().port}`;
  site.close = async () => {
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
  };
  return site;
}

/** What a test sees of a page, and does to it. */
class Screen {
  /** @param {string[]} problems what the page logged so far */
  constructor(page, site, problems) {
    Object.assign(this, { page, site, problems });
  }

  /** Lets time pass, for the page and for the service. */
  async pass(milliseconds) {
    this.site.simulator.advance(milliseconds);
    await this.page.clock.runFor(milliseconds);
  }

  /** Lets time pass until an element shows a text; fails after 30 minutes of it. */
  async passUntil(selector, text) {
    for (let seconds = 0; seconds < 1_800; seconds += 15) {
      if ((await this.page.locator(selector).allTextContents()).includes(text)) return;
      await this.pass(15_000);
    }
    assert.fail(`no ${selector} shows ${text}`);
  }

  /** Waits until an element shows a text, with no time passing for the page. */
  async shows(selector, text) {
    await this.page.locator(selector, { hasText: new RegExp(`^${text}$`) }).waitFor();
  }

  /** Waits for what the server sees, with no time passing for the page. */
  async until(condition) {
    const deadline = performance.now() + 20_000;
    while (!condition()) {
      assert.ok(performance.now() < deadline, `${condition}`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }
}
