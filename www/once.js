/**
 * The demo without a browser: one gateway creation, one import and one export, watched by the built package over real
 * HTTP. The service is simulated and fast; nothing leaves this computer.
 *
 *   node www/once.js
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { serve } from './server.js';

const SPEED = 120;
const PAUSE_MS = 25;
const MAX_WAIT_MS = 20_000;

const STATE_WORDS = { creating: 'being created', success: 'created', failed: 'failed' };
const STATUS_WORDS = { waiting: 'waiting', processing: 'being worked on', succeed: 'succeeded', failed: 'failed' };
const ACTION_WORDS = { create: 'new', update: 'changed' };

/** Asks until the answer is no longer pending, and prints a line for each change. */
async function watch({ ask, isPending, describe }) {
  const signal = AbortSignal.timeout(MAX_WAIT_MS);
  const begin = Date.now();
  for (let shown = ''; ; ) {
    const answer = await ask({ signal });
    const text = describe(answer);
    const seconds = Math.round(((Date.now() - begin) * SPEED) / 1000);
    if (text !== shown) console.log(`  ${`${seconds} s`.padStart(6)}  ${text}`);
    if (!isPending(answer)) return answer;
    shown = text;
    await sleep(PAUSE_MS);
  }
}

/** Prints rows in columns. */
function printTable(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  for (const row of rows) {
    const cells = row.map((cell, column) => cell.padEnd(widths[column]));
    console.log(`  ${cells.join('  ').trimEnd()}`);
  }
}

/** Watches a task to its end; a task that fails is an error here. */
async function watchTask(cloud, taskId) {
  const task = await watch({
    ask: (options) => cloud.apig.asyncTask('gateway', taskId, options),
    isPending: ({ status }) => status === 'waiting' || status === 'processing',
    describe: ({ status }) => STATUS_WORDS[status] ?? status,
  });
  if (task.status !== 'succeed') throw new Error(`${taskId} ended as ${task.status}: ${task.result?.message}`);
  return task.result;
}

async function showCreation(cloud) {
  console.log('Creating a gateway');
  const progress = await watch({
    ask: (options) => cloud.apig.gatewayProgress('gateway', options),
    isPending: ({ state }) => state === 'creating',
    describe: ({ percent, state }) => `${String(percent ?? '?').padStart(3)} %  ${STATE_WORDS[state] ?? state}`,
  });
  if (progress.state !== 'success') throw new Error(`the creation ended as ${progress.state}`);
}

async function showImport(cloud) {
  console.log('\nImporting APIs');
  const report = await watchTask(cloud, 'import-partial');
  printTable([
    ...report.success.map(({ method, path, action }) => ['imported', method, path, ACTION_WORDS[action] ?? action]),
    ...report.failure.map(({ method, path, code, message }) => ['refused', method, path, `${code}: ${message}`]),
    ...report.ignore.map(({ method, path }) => ['ignored', method, path, '']),
  ]);
}

async function showExport(cloud) {
  console.log('\nExporting APIs');
  const { fileName, safeFileName, document } = await watchTask(cloud, 'export-json');
  printTable([
    ['file name', fileName],
    ['safe file name', safeFileName],
    ['title', document.info.title],
    ['version', document.info.version],
    ['paths', String(Object.keys(document.paths).length)],
  ]);
}

async function main() {
  const server = await serve({ speed: SPEED });
  try {
    const { createClient } = await import('../pkg/node.js');
    const { projectId, token, endpoint } = await (await fetch(`${server.url}/config.json`)).json();
    const cloud = createClient({ endpoint: server.url + endpoint, projectId, token });
    console.log(`A simulated service at ${server.url}, ${SPEED} times as fast as assumed of the real one\n`);
    await showCreation(cloud);
    await showImport(cloud);
    await showExport(cloud);
  } finally {
    await server.close();
  }
}

main().catch((error) => {
  console.error(`The demo failed: ${String(error.message).split('\n')[0]}`);
  process.exitCode = 1;
});
