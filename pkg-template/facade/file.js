import { readFile } from '#platform';
import { toBytes } from './bytes.js';
import { text, wrong } from './checks.js';

/** @see index.d.ts */
export async function fileFromPath(path) {
  text('path', path);
  if (readFile === null) throw wrong('path', 'there are no paths here; give the file itself');
  return { bytes: await readFile(path), name: path.split(/[\\/]/).pop() };
}

/** The bytes of whatever can be a file, and its name: its own, else one that fits what is in it. */
export async function fileOf(file) {
  const { bytes, name } = await read(file);
  if (bytes.length === 0) throw wrong('file', 'expected a file that is not empty');
  const looksLikeJson = /^[\s\uFEFF]*[{[]/.test(new TextDecoder().decode(bytes.subarray(0, 100)));
  return { bytes, name: name || (looksLikeJson ? 'apis.json' : 'apis.yaml') };
}

async function read(file) {
  if (typeof file === 'string') return { bytes: new TextEncoder().encode(file) };
  if (typeof file?.arrayBuffer === 'function') return { bytes: await bytesOf(file), name: file.name };
  const bytes = toBytes(file?.bytes ?? file);
  if (bytes !== null) return { bytes, name: file.name };
  throw wrong('file', 'expected text, bytes, a Blob or what fileFromPath gives');
}

async function bytesOf(file) {
  const buffer = await Promise.resolve(file.arrayBuffer()).catch((cause) => {
    throw wrong('file', 'cannot be read', cause);
  });
  const bytes = toBytes(buffer);
  if (bytes === null) throw wrong('file', 'expected its arrayBuffer() to give an ArrayBuffer');
  return bytes;
}
