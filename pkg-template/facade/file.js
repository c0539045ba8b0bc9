import { readFile } from '#platform';
import { text, wrong } from './checks.js';

/** @see index.d.ts */
export async function fileFromPath(path) {
  text('path', path);
  if (readFile === null) throw wrong('path', 'there are no paths here; give the file itself');
  return { bytes: await readFile(path), name: path.split(/[\\/]/).pop() };
}

/** The bytes of whatever can be a file, and its name where it has one. */
export async function fileOf(file) {
  if (typeof file === 'string') return { bytes: new TextEncoder().encode(file) };
  const bytes = toBytes(file);
  if (bytes !== null) return { bytes };
  if (typeof file?.arrayBuffer === 'function') {
    return { bytes: new Uint8Array(await file.arrayBuffer()), name: file.name || undefined };
  }
  if (file?.bytes instanceof Uint8Array) return { bytes: file.bytes, name: file.name };
  throw wrong('file', 'expected text, bytes, a Blob or what fileFromPath gives');
}

/** The bytes of a buffer or of a view of one, in any realm; `null` for anything else. */
export function toBytes(value) {
  if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  const isBuffer = /^\[object (Shared)?ArrayBuffer\]$/.test(Object.prototype.toString.call(value));
  return isBuffer ? new Uint8Array(value) : null;
}
