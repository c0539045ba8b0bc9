// @ts-check
import { readFile } from '#platform';
import { text, wrong } from './checks.js';

/** @see index.d.ts @param {string} path */
export async function fileFromPath(path) {
  text('path', path);
  if (readFile === null) throw wrong('path', 'there are no paths here; give the file itself');
  return { bytes: await readFile(path), name: path.split(/[\\/]/).pop() };
}
