// The parts of a measurement that are Node's: where things are, and where figures and progress go.
import { appendFileSync, existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

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
