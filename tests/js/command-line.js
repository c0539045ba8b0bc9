// What the tests of the command line share: the installed program, run for real, and services for it to ask.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';

import { createSimulator } from 'huaweicloud-tasks/simulator';

import { serve } from './support.js';

const manifest = createRequire(import.meta.url).resolve('huaweicloud-tasks/package.json');
const { bin, version } = JSON.parse(readFileSync(manifest, 'utf8'));

export const PROGRAM = join(dirname(manifest), bin['huaweicloud-tasks']);
export const VERSION = version;

/** A source of the program, for what is a pure function. */
export const source = (name) => import(pathToFileURL(join(process.env.PROJECT_ROOT, 'pkg-template/cli', name)).href);

/** Only what is said here: the tests may themselves run under GitHub Actions, or with somebody's token. */
const environment = (variables) => ({ PATH: process.env.PATH, LANG: 'C.UTF-8', ...variables });

/** Starts the program. `until` waits for a text on `stdout` or `stderr`; `end` for its end. */
export function start(args, { env = {}, cwd, input } = {}) {
  const child = spawn(process.execPath, [PROGRAM, ...args], { env: environment(env), cwd });
  const seen = { stdout: '', stderr: '' };
  const ended = new Promise((resolve) => child.on('close', (code, signal) => resolve({ ...seen, code, signal })));
  for (const name of ['stdout', 'stderr']) child[name].setEncoding('utf8').on('data', (piece) => (seen[name] += piece));
  child.stdin.on('error', () => {}).end(input);
  return {
    child,
    ended,
    until: (name, pattern) =>
      new Promise((resolve, reject) => {
        const look = () => pattern.test(seen[name]) && resolve(seen[name]);
        child[name].on('data', look);
        look();
        ended.then(({ code }) => reject(new Error(`ended with ${code} before ${pattern}: ${JSON.stringify(seen)}`)));
      }),
  };
}

/** Runs the program to its end. */
export const run = (args, options) => start(args, options).ended;

/** Runs a shell's command line, in which the program has its own name. */
export async function shell(test, line, { env = {}, cwd } = {}) {
  const commands = folder(test);
  symlinkSync(PROGRAM, join(commands, 'huaweicloud-tasks'));
  const PATH = `${commands}:${dirname(process.execPath)}:${process.env.PATH}`;
  const child = spawn('sh', ['-c', line], { env: environment({ ...env, PATH }), cwd });
  const ended = new Promise((resolve) => child.on('close', resolve));
  const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { stdout, stderr, code };
}

/** The variables that lead to a service. */
export const leadTo = (url, more) => ({
  HUAWEICLOUD_ENDPOINT: url,
  HUAWEICLOUD_TOKEN: 'simulator-token',
  HUAWEICLOUD_PROJECT_ID: 'p',
  ...more,
});

/** A simulator over HTTP on loopback, until the test ends; `env` leads to it. */
export async function simulated(test, options) {
  const simulator = createSimulator(options);
  const { url, requests } = await serve(test, async ({ method, url, headers }, response) => {
    const body = await requests.at(-1).body;
    const answer = await simulator(`http://h.invalid${url}`, { method, headers, ...(body.length > 0 && { body }) });
    response.writeHead(answer.status, Object.fromEntries(answer.headers));
    response.end(await answer.text());
  });
  return { simulator, url, requests, env: leadTo(url) };
}

/** The events of `--json`; fails where a line is none. */
export const events = (stdout) => {
  if (!stdout.endsWith('\n')) throw new Error(`the last line is cut: ${stdout}`);
  return stdout
    .slice(0, -1)
    .split('\n')
    .map((line) => JSON.parse(line));
};

/** A folder that is gone after the test. */
export function folder(test) {
  const path = mkdtempSync(join(tmpdir(), 'huaweicloud-tasks-'));
  test.after(() => rmSync(path, { recursive: true }));
  return path;
}

/** `fetch` in the program, replaced by one that shows what is asked on stderr, and answers that a gateway is there. */
export const SHOWING_FETCH = `--import=data:text/javascript,${encodeURIComponent(`
  globalThis.fetch = async (url, { headers }) => {
    console.error('ASKED', url, JSON.stringify([...new Headers(headers)]));
    return new Response('{"progress":100,"status":"success","start_time":1,"end_time":2}');
  };`)}`;
