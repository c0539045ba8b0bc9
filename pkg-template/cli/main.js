#!/usr/bin/env node
// @ts-check
import { readFileSync } from 'node:fs';

import { decode } from './commands/decode.js';
import { explain } from './commands/explain.js';
import { exportApis } from './commands/export.js';
import { importApis } from './commands/import.js';
import { simulate } from './commands/simulate.js';
import { task } from './commands/task.js';
import { watch } from './commands/watch.js';
import { complainOf } from './complaint.js';
import { codeOf, UsageError } from './errors.js';
import { EXIT, exitOfError } from './exit.js';
import { readArguments } from './options.js';
import { createOutput } from './show/output.js';
import { oneLine } from './show/text.js';
import { commandHelp, programHelp } from './usage.js';

/** @import { Output } from './types.js' */

const COMMANDS = [watch, task, importApis, exportApis, decode, explain, simulate];

// Whoever reads the output may have seen enough, as `head` does.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error) => {
    if (codeOf(error) !== 'EPIPE') throw error;
    process.exit();
  });
}

process.on('uncaughtException', async (error) => {
  // A stream that fails cannot be complained to.
  await fail(error, createOutput()).catch(() => {});
  process.exit(EXIT.failed);
});

/** @param {string[]} args */
async function run(args) {
  const [name] = args;
  const command = COMMANDS.find((command) => command.name === name);
  if (command === undefined) return runProgram(args);
  const { values, typed, positionals } = readArguments(args.slice(1), command.options);
  const output = createOutput(values);
  if (values.help) {
    output.printRaw(commandHelp(command, output.paint).join('\n'));
    return EXIT.done;
  }
  return command.run({ values, typed, positionals, output });
}

/** @param {string[]} args */
function runProgram(args) {
  const { values, positionals } = readArguments(args, ['help', 'version', 'no-color']);
  const output = createOutput(values);
  const [unknown] = positionals;
  if (unknown !== undefined && unknown !== 'help') {
    const names = COMMANDS.map(({ name }) => name).join(', ');
    throw new UsageError(`${oneLine(unknown)}: unknown command; expected one of ${names}`, '');
  }
  if (values.version) {
    const { version } = JSON.parse(readFileSync(new URL('./package.json', import.meta.url), 'utf8'));
    output.print(version);
    return EXIT.done;
  }
  const help = programHelp(COMMANDS, output.paint);
  if (values.help || unknown === 'help') {
    output.printRaw(help.join('\n'));
    return EXIT.done;
  }
  output.complain(...help);
  return EXIT.usage;
}

/**
 * @param {unknown} error
 * @param {Output} output
 */
async function fail(error, output) {
  await complainOf(error, output);
  if (process.env.DEBUG && error instanceof Error) output.complain(String(error.stack));
  return exitOfError(error);
}

const args = process.argv.slice(2);
// The line may be wrong, and then nothing but this is known of it.
const values = { json: args.includes('--json'), 'no-color': args.includes('--no-color') };
process.exitCode = await run(args).catch((error) => fail(error, createOutput(values)));
