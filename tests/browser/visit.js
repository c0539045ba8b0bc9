// Opens the demo page in Chromium, and finds what is on it.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { serve } from '../../www/server.js';
import { launch } from '../chromium.js';

const packageDir = resolve(process.env.PACKAGE_DIR ?? fileURLToPath(new URL('../../pkg', import.meta.url)));
export const { explain } = await import(pathToFileURL(join(packageDir, 'explain.js')).href);
export const fixture = (name) => readFile(new URL(`../fixtures/${name}.json`, import.meta.url), 'utf8');

const WAIT = { timeout: 30_000 };

let server;
let browser;
let visits = 0;

before(async () => {
  server = await serve({ packageDir, speed: 120 });
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await server?.close();
});

/**
 * A test that opens the page. It fails, too, when the page logs an error, throws, or breaks its content policy.
 * The ids that the page makes up are the same in every run. `prepare` is called before the page is opened, and the
 * page is there when it shows `ready`.
 */
export function visit(name, { prepare = () => {}, ready = '#errors-buttons button', ...options }, body) {
  test(name, { timeout: 120_000 }, async () => {
    visits += 1;
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
    try {
      const page = await context.newPage();
      page.setDefaultTimeout(WAIT.timeout);
      const problems = [];
      page.on('pageerror', (error) => problems.push(String(error)));
      page.on('console', (message) => {
        const expected = /^Failed to load resource: the server responded with a status of [45]\d\d/;
        if (message.type() === 'error' && !expected.test(message.text())) problems.push(message.text());
      });
      await page.addInitScript(watchThePage, visits);
      await prepare(page);
      await page.goto(`${server.url}/`);
      await page.locator(ready).first().waitFor();
      await body(page);
      assert.deepEqual(problems, []);
    } finally {
      await context.close();
    }
  });
}

/** Runs in the page, before its own scripts. */
function watchThePage(seed) {
  let state = seed;
  Math.random = () => {
    state = (state * 16_807) % 2_147_483_647;
    return state / 2_147_483_647;
  };
  addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
    console.error(`policy: ${violatedDirective} ${blockedURI}`);
  });
  globalThis.percents = [];
  globalThis.spoken = [];
  addEventListener('DOMContentLoaded', () => {
    const bar = document.getElementById('gateway-bar');
    const live = document.getElementById('gateway-live');
    const note = (list, value) => value !== null && value !== '' && list.at(-1) !== value && list.push(value);
    new MutationObserver(() => note(globalThis.percents, Number(bar.getAttribute('aria-valuenow')))).observe(bar, {
      attributeFilter: ['aria-valuenow'],
    });
    new MutationObserver((changes) =>
      changes.forEach(() => {
        globalThis.spoken.push(live.textContent);
      }),
    ).observe(live, { childList: true });
  });
}

export const gatewayState = (page, word) => page.locator('#gateway-badge', { hasText: word }).waitFor();
export const radio = (page, name) => page.getByRole('radio', { name });
export const button = (page, name) => page.getByRole('button', { name, exact: true });
export const text = (page, selector) => page.locator(selector).textContent();
export const asked = async (page) => Number(await text(page, '#gateway-asked'));

/** Chooses a task and waits for its end. */
export async function watchTask(page, choice) {
  await radio(page, choice).check();
  await page.locator('#tasks-result[aria-busy="false"] details').waitFor();
}

/** Chooses a task, waits for its end, and reads its result out of the body as it came. */
export async function resultOfTask(page, choice) {
  await watchTask(page, choice);
  return JSON.parse(JSON.parse(await text(page, '#tasks-result details pre')).task_result);
}

export const rows = (page, name) =>
  page
    .getByRole('region', { name, exact: true })
    .locator('tbody tr')
    // biome-ignore lint/performance/useDomNodeTextContent: the lines as they are seen
    .evaluateAll((all) => all.map((row) => [...row.cells].map((cell) => cell.innerText.split('\n')[0])));

/** The page as a static host serves it, with no configuration and no service behind it; its time stands still. */
export async function withoutServer(page) {
  for (const path of ['config.json', 'huawei/**']) {
    await page.route(`**/${path}`, (route) => route.fulfill({ status: 404, body: '<h1>Not here</h1>' }));
  }
  await page.clock.install({ time: 0 });
  await page.clock.pauseAt(1_000);
}

/** Lets the page's time, which stands still otherwise, pass until the gateway's state is shown as this word. */
export async function runUntil(page, word) {
  while ((await text(page, '#gateway-badge')) !== word) await page.clock.runFor(250);
}
