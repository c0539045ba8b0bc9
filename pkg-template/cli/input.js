// @ts-check
// What is read from a file, or from stdin by the name of -.
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { buffer } from 'node:stream/consumers';

import { codeOf, UsageError } from './errors.js';

/**
 * The bytes of a file, and its name if it has one.
 *
 * @param {string} path
 * @returns {Promise<{ bytes: Buffer, name?: string }>}
 */
export async function readInput(path) {
  if (path === '-') return { bytes: await buffer(process.stdin) };
  try {
    return { bytes: await readFile(path), name: basename(path) };
  } catch (error) {
    throw new UsageError(`${path} cannot be read (${codeOf(error)})`);
  }
}
