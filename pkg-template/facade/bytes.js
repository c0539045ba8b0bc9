import { DecodeError } from './errors.js';

// More than memory is sure to hold, twice.
const MAX_BYTES = 256 * 1024 * 1024;

/** The bytes of a buffer or of a view of one, in any realm; `null` for anything else. */
export function toBytes(value) {
  if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  const isBuffer = /^\[object (Shared)?ArrayBuffer\]$/.test(Object.prototype.toString.call(value));
  return isBuffer ? new Uint8Array(value) : null;
}

/**
 * A body's text, as a browser would read it, and its bytes in clean UTF-8: what is not UTF-8 becomes U+FFFD, a byte order
 * mark goes.
 */
export function readText(bytes) {
  if (bytes.length > MAX_BYTES) {
    const expected = 'a body of at most 256 MiB';
    throw new DecodeError({ kind: 'decode', message: `expected ${expected}, found a larger one`, expected });
  }
  // A decoder does not take shared memory.
  const own = bytes.buffer instanceof ArrayBuffer ? bytes : new Uint8Array(bytes);
  const text = new TextDecoder().decode(own);
  const isClean = own[0] !== 0xef && !text.includes('\uFFFD');
  return { text, bytes: isClean ? own : new TextEncoder().encode(text) };
}
