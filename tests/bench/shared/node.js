// The parts of a measurement that are Node's: where things are, and where figures and progress go.
import { execFile } from 'node:child_process';
import { appendFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

const { PROJECT_ROOT, BENCH_FIGURES } = process.env;
if (!PROJECT_ROOT) throw new Error('PROJECT_ROOT has to name the folder of the project');

export const root = PROJECT_ROOT;

/** The folder that `cargo xtask bench` installs the peers in. */
export const peersFolder = join(root, 'target/bench');

/** Writes a figure as a line of JSON: into the file that BENCH_FIGURES names, or to the terminal. */
export function report(figure) {
  const line = `${JSON.stringify(figure)}\n`;
  if (BENCH_FIGURES) appendFileSync(BENCH_FIGURES, line);
  else process.stdout.write(line);
}

/** Tells in a terminal what is measured at the moment; elsewhere nothing. */
export function progress(text) {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${text}`);
}

export const onRound = (what, round, rounds) => progress(`   ${what}: round ${round} of ${rounds}`);

const run = promisify(execFile);

/** Runs a program in a Node of its own; gives what it prints. */
export const printedBy = async (...args) => (await run(process.execPath, args)).stdout;

/** Has a file for bodies while something is measured. */
export async function withFile(measure) {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  try {
    await measure(join(folder, 'body.json'));
  } finally {
    rmSync(folder, { recursive: true });
    progress('');
  }
}

/** The address of a peer's module. */
export const peerUrl = (name) => pathToFileURL(requireOfPeers().resolve(name)).href;

/** The versions of the peers, by their names. */
export const peerVersions = () => requireOfPeers()('./package.json').dependencies;

export const peer = (name) => import(peerUrl(name));

function requireOfPeers() {
  const manifest = join(peersFolder, 'package.json');
  if (!existsSync(manifest)) throw new Error('the peers are not installed; run `cargo xtask bench calls` once');
  return createRequire(manifest);
}
