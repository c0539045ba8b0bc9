// What the projects share: the simulator over HTTP, what it must be read as, Chromium, and the report to the harness.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { copyFileSync, readdirSync, readFileSync, renameSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';

import { createSimulator } from 'huaweicloud-tasks/simulator';

/** The documents' body of an import that ended. */
export const body = readFileSync(
  join(process.env.PROJECT_ROOT, 'tests/fixtures/apig-async-task/200-import-succeed.json'),
  'utf8',
);

const NOW = 1_700_000_000_000;

/** What `ask` gives: a gateway that has just begun, and the task of the documents. */
export const ANSWER = {
  gateway: {
    percent: 0,
    state: 'creating',
    error: null,
    startedAt: 1_700_000_000_000,
    endedAt: null,
    raw:
      '{"end_time":1700000323750,"error_code":null,"error_msg":null,"progress":0,' +
      '"start_time":1700000000000,"status":"creating"}',
  },
  task: {
    id: 'd9ce8c9eede54b3f841ec324fe0bfdc2',
    type: 'import_api',
    status: 'succeed',
    result: {
      groupId: '9100ae30705947cc9543d37cd7fb388c',
      success: [{ id: 'ee93ce6815f04896b301452982b92222', method: 'GET', path: '/test1', action: 'create' }],
      failure: [],
      ignore: [],
      swagger: { id: 'de1852ab6c5e4090b0bd88a02058e650', result: 'Success' },
      partial: false,
    },
    raw: body,
  },
};

async function listen(answer) {
  const server = createServer(answer);
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://127.0.0.1:${server.address().port}`, close };
}

const CORS = { 'Access-Control-Allow-Origin': '*', 'Access-Control-Allow-Headers': '*' };

/** The simulator on loopback, for pages of any origin; its clock stands still. `asked` counts the questions. */
export async function serveSimulator(options) {
  const simulator = createSimulator({ clock: () => NOW, speed: 0, ...options });
  const served = { asked: 0 };
  const { url, close } = await listen(async (request, response) => {
    if (request.method === 'OPTIONS') return response.writeHead(204, CORS).end();
    served.asked += 1;
    const { method, headers } = request;
    const sent = /GET|HEAD/.test(method) ? undefined : await text(request);
    const answer = await simulator(`http://${headers.host}${request.url}`, { method, headers, body: sent });
    response.writeHead(answer.status, { ...Object.fromEntries(answer.headers), ...CORS });
    response.end(await answer.text());
  });
  return Object.assign(served, { url, close });
}

const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.wasm': 'application/wasm' };

/** A folder on loopback. */
export function serveFolder(folder, headers = {}) {
  return listen((request, response) => {
    const { pathname } = new URL(request.url, 'http://localhost');
    const file = join(resolve(folder), normalize(pathname === '/' ? '/index.html' : pathname));
    try {
      const content = readFileSync(file);
      response.writeHead(200, { 'Content-Type': TYPES[extname(file)] ?? 'application/octet-stream', ...headers });
      response.end(content);
    } catch {
      response.writeHead(404).end();
    }
  });
}

/** Calls `ask` where it is given, and makes sure that the simulator was asked and read as it must be. */
export async function checkAnswer(ask) {
  const simulator = await serveSimulator();
  try {
    assert.deepEqual(await ask(simulator.url, body), ANSWER);
    assert.equal(simulator.asked, 1, 'the simulator was not asked once over HTTP');
  } finally {
    simulator.close();
  }
}

/**
 * Opens a page in Chromium. `ask` is the page's own function; `wasm` is the modules that it was sent.
 *
 * @param {(opened: { page: object, ask: Function, wasm: Set<string> }) => Promise<void>} use
 */
export async function inChromium(url, use) {
  // Not at the top: not every project has a page.
  const { launch } = await import(pathToFileURL(join(process.env.PROJECT_ROOT, 'tests/chromium.js')));
  const browser = await launch();
  try {
    const page = await browser.newPage();
    page.setDefaultTimeout(60_000);
    const wasm = new Set();
    page.on('response', (response) => {
      const type = response.headers()['content-type'] ?? '';
      const isModule = /\.wasm\b/.test(response.url()) && !/html|javascript/.test(type);
      if (isModule && response.ok()) wasm.add(response.url());
    });
    await page.addInitScript(watchForBytes);
    await page.goto(url);
    await page.waitForFunction(() => 'ask' in globalThis);
    const ask = (...given) => page.evaluate((given) => globalThis.ask(...given), given);
    await use({ page, ask, wasm });
    return `Chromium ${browser.version().split('.')[0]}`;
  } finally {
    await browser.close();
  }
}

/** Notes in a page whether bytes.js was used: nothing else there is compressed. */
function watchForBytes() {
  const { DecompressionStream } = globalThis;
  globalThis.usedBytes = false;
  globalThis.DecompressionStream = class extends DecompressionStream {
    constructor(...given) {
      super(...given);
      globalThis.usedBytes = true;
    }
  };
}

/** The page answers as it must. `modules` is how many it is sent: one, or none where it falls back on bytes.js. */
export function checkPage(url, modules) {
  return inChromium(url, async ({ page, ask, wasm }) => {
    await checkAnswer(ask);
    assert.equal(await page.evaluate(() => globalThis.usedBytes), modules === 0, 'whether bytes.js was used');
    assert.equal(wasm.size, modules, `modules that the page was sent: ${[...wasm].join(', ') || 'none'}`);
  });
}

/** What a page's call is rejected with, as plain data. */
export const rejectionIn = (page, ...given) =>
  page.evaluate(async (given) => {
    const error = await globalThis.ask(...given).then(
      () => null,
      (error) => error,
    );
    return error && { name: error.name, kind: error.kind, field: error.field, message: error.message };
  }, given);

/** The `.wasm` files in a folder. */
export const modulesIn = (folder) => readdirSync(folder, { recursive: true }).filter((file) => file.endsWith('.wasm'));

/** A page that was built into a folder, with so many modules, answers as it must. */
export async function checkSite(folder, modules) {
  assert.equal(modulesIn(folder).length, modules, `modules in ${folder}: ${modulesIn(folder).join(', ') || 'none'}`);
  copyFileSync('index.html', join(folder, 'index.html'));
  const site = await serveFolder(folder);
  return checkPage(site.url, modules).finally(site.close);
}

/** A package's version, with its name. */
export function versionOf(name) {
  const { version } = JSON.parse(readFileSync(join('node_modules', name, 'package.json'), 'utf8'));
  return `${name} ${version}`;
}

/** The end of a check: what ran, how many `.wasm` the build took along (`null` where there is no build), and a note. */
export function report(versions, modules, note) {
  console.log(`${versions.join(', ')}; .wasm: ${modules ?? '-'}${note ? ` (${note})` : ''}`);
}

const ENVIRONMENT = { ...process.env, NO_COLOR: '1', CI: '1', DO_NOT_TRACK: '1' };
delete ENVIRONMENT.FORCE_COLOR;

/** The path of a program that a dependency brings along. */
export const bin = (name) => join('node_modules', '.bin', name);

/** Runs a program to its end, and gives its output. Fails when it fails. */
export async function run(program, args, { env, cwd } = {}) {
  const child = spawn(program, args, { cwd, env: { ...ENVIRONMENT, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise((resolve, reject) => child.on('error', reject).on('close', resolve));
  const [code, output, errors] = await Promise.all([ended, text(child.stdout), text(child.stderr)]);
  assert.equal(code, 0, `${program} ${args.join(' ')} ended with ${code}:\n${output}${errors}`);
  return output;
}

/** Starts a server and waits until it says its address, which is the first group of `ready`. */
export async function start(program, args, ready, env) {
  const child = spawn(program, args, { env: { ...ENVIRONMENT, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  const url = await new Promise((resolve, reject) => {
    const hear = (chunk) => {
      said += chunk;
      const found = ready.exec(said);
      if (found) resolve(found[1]);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.on('error', reject);
    child.on('close', (code) => reject(new Error(`${program} ended with ${code}:\n${said}`)));
  });
  return { url, said: () => said, stop: () => child.kill() };
}

const PACKAGE = 'node_modules/huaweicloud-tasks';

/** Runs a program that was bundled, where the package is not installed. */
export async function checkAlone(...file) {
  renameSync(PACKAGE, `${PACKAGE}-away`);
  try {
    await checkAnswer(async (...given) => JSON.parse(await run(process.execPath, [...file, ...given])));
  } finally {
    renameSync(`${PACKAGE}-away`, PACKAGE);
  }
}

/** Runs tests that compare what they are answered with `ANSWER`, all three of them in the environment. */
export async function checkTests(program, args, { tests, env }) {
  const simulator = await serveSimulator();
  try {
    const given = { ENDPOINT: simulator.url, BODY: body, ANSWER: JSON.stringify(ANSWER) };
    await run(program, args, { env: { ...env, ...given } });
    assert.equal(simulator.asked, tests, 'each test asks the simulator once');
  } finally {
    simulator.close();
  }
}
