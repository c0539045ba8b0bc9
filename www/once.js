/**
 * The demo without a browser: one gateway creation, one import and one export, watched by the built package over real
 * HTTP. The service is simulated and fast; nothing leaves this computer.
 *
 *   node www/once.js
 */
import { serve } from './server.js';

const SPEED = 120;
const MAX_WAIT_MS = 20_000;

const GATEWAY_WORDS = { running: 'being created', succeeded: 'created' };
const TASK_WORDS = { running: 'being worked on', partial: 'succeeded in part' };
const ACTION_WORDS = { create: 'new', update: 'changed' };

/** Watches an operation to its end, prints a line for each change, and gives the last answer; a failure is an error. */
async function watch(operation, describe) {
  const signal = AbortSignal.timeout(MAX_WAIT_MS);
  for await (const view of operation.changes({ signal })) {
    const seconds = Math.round(view.elapsedMs / 1_000);
    console.log(`  ${`${seconds} s`.padStart(6)}  ${describe(view)}`);
  }
  return (await operation.result({ signal })).detail;
}

/** Prints rows in columns. */
function printTable(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  for (const row of rows) {
    const cells = row.map((cell, column) => cell.padEnd(widths[column]));
    console.log(`  ${cells.join('  ').trimEnd()}`);
  }
}

async function watchTask(cloud, taskId) {
  const operation = cloud.watch({ kind: 'apig.task', instanceId: 'gateway', taskId });
  return (await watch(operation, ({ state }) => TASK_WORDS[state] ?? state)).result;
}

async function showCreation(cloud) {
  console.log('Creating a gateway');
  await watch(
    cloud.watch({ kind: 'apig.gateway', instanceId: 'gateway' }),
    ({ percent, state }) => `${String(percent ?? '?').padStart(3)} %  ${GATEWAY_WORDS[state] ?? state}`,
  );
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
    const { createClock } = await import('../pkg/simulator.js');
    const { projectId, token, endpoint } = await (await fetch(`${server.url}/config.json`)).json();
    const clock = createClock({ speed: SPEED });
    const cloud = createClient({ endpoint: server.url + endpoint, projectId, token, clock });
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
