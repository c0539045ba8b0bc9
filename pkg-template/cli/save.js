// @ts-check
// Where an exported document goes.
import { existsSync, statSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

import { codeOf, UsageError } from './errors.js';

/** @import { ExportedDocument } from 'huaweicloud-tasks' */
/** @import { Values } from './types.js' */

/** @param {string} path */
const isFolder = (path) => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;

/**
 * Says what is wrong with `--output` while nothing has been asked for yet.
 *
 * @param {Values} values
 */
export function checkOutput({ output, force = false, json = false }) {
  if (output === undefined) return;
  if (output === '-') {
    if (json) throw new UsageError('--output -: with --json the document is in the result event');
    return;
  }
  if (isFolder(output)) return;
  if (existsSync(output) && !force) throw new UsageError(`--output: ${output} is there already; --force overwrites it`);
  if (!isFolder(dirname(output))) throw new UsageError(`--output: there is no folder ${dirname(output)}`);
}

/**
 * Writes a document into a file, or into a folder under its own name, and gives the file's path.
 *
 * @param {ExportedDocument} document
 * @param {string} output
 */
export async function saveDocument({ content, safeFileName }, output, force = false) {
  const path = isFolder(output) ? join(output, basename(safeFileName)) : output;
  try {
    await writeFile(path, content, { flag: force ? 'w' : 'wx' });
  } catch (error) {
    const isThere = codeOf(error) === 'EEXIST';
    const why = isThere ? 'is there already; --force overwrites it' : `cannot be written (${codeOf(error)})`;
    throw new Error(`${path} ${why}`, { cause: error });
  }
  return path;
}
