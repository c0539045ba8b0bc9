// @ts-check
// The platform's side of the module: what waits outside of it and comes back in, and objects that JavaScript makes
// faster. Timers and listeners are kept here, as a module that trapped can no longer take them back.

/**
 * @typedef {(place: number, isFine: boolean, value: unknown) => void} Settle takes a value into the module
 * @typedef {(run: () => void) => void} Enter runs what is in the module
 * @typedef {() => Enter} Guard gives the way back in, for whom the module works at the moment
 * @typedef {{ undo: () => void }} Wait takes a timer or a listener back
 */

/** @type {Guard} */
let guard = () => (run) => run();

/** Who waits, by the module's places for them. Only they are let back in. @type {(Wait | undefined)[]} */
let waits = [];

/** What the last panic said, and where. @type {string | null} */
let panic = null;

/** Has every way back into the module go through a guard. @param {Guard} functions */
export function setGuard(functions) {
  guard = functions;
}

/** Forgets all that waits for the instance of the moment. */
export function abandon() {
  for (const place of waits.keys()) cancel(place);
  waits = [];
}

/** @param {string | null} message */
export function panicked(message) {
  panic = message;
}

/** What the last panic said, and where; `null` when there was none. */
export const lastPanic = () => panic;

/**
 * Begins to wait at a place; gives the way back for a value, or for what was thrown.
 *
 * @param {number} place
 * @param {Settle} settle
 */
function begin(place, settle) {
  const enter = guard();
  const wait = { undo() {} };
  waits[place] = wait;
  /** @param {boolean} isFine @returns {(value?: unknown) => void} */
  const back = (isFine) => (value) => {
    if (waits[place] !== wait) return;
    enter(() => {
      // To enter may take another instance.
      if (waits[place] !== wait) return;
      cancel(place);
      settle(place, isFine, value);
    });
  };
  return { wait, back };
}

/** @param {unknown} value a promise of any make, or what is no promise @param {number} place @param {Settle} settle */
export function whenSettled(value, place, settle) {
  const { back } = begin(place, settle);
  Promise.prototype.then.call(Promise.resolve(value), back(true), back(false));
}

/** @param {number} milliseconds @param {number} place @param {Settle} settle */
export function whenPassed(milliseconds, place, settle) {
  const { wait, back } = begin(place, settle);
  const timer = setTimeout(back(true), milliseconds);
  wait.undo = () => clearTimeout(timer);
}

/** @param {AbortSignal} signal @param {number} place @param {Settle} settle */
export function whenAborted(signal, place, settle) {
  const { wait, back } = begin(place, settle);
  const onAbort = back(true);
  wait.undo = () => signal.removeEventListener?.('abort', onAbort);
  signal.addEventListener('abort', onAbort);
}

/** When the page is seen again after it was hidden. @param {number} place @param {Settle} settle */
export function whenVisible(place, settle) {
  const page = globalThis.document;
  if (typeof page?.addEventListener !== 'function') return;
  const { wait, back } = begin(place, settle);
  const onSeen = back(true);
  const onChange = () => page.visibilityState === 'visible' && onSeen();
  page.addEventListener('visibilitychange', onChange);
  wait.undo = () => page.removeEventListener('visibilitychange', onChange);
}

/** Takes a timer or a listener back. @param {number} place */
export function cancel(place) {
  const wait = waits[place];
  waits[place] = undefined;
  try {
    wait?.undo();
  } catch {
    // A signal that a caller made itself: what comes of it finds nobody.
  }
}

/** What the module rejects with, beside reasons of the caller's own: an error in plain form. */
export class Refusal {
  /**
   * @param {Record<string, unknown>} error its kind, its message and what else there is to tell
   * @param {unknown} cause
   * @param {unknown} handle of the operation that was asked about
   */
  constructor(error, cause, handle) {
    this.error = error;
    this.cause = cause;
    this.handle = handle;
  }
}

/** The bytes of a text: a long one is copied faster so than by what wasm-bindgen does. @param {string} text */
export const encoded = (text) => encoder.encode(text);

/** The bytes of a buffer or of a view of one, in any realm. @param {any} value @returns {Uint8Array | undefined} */
export function bytesOf(value) {
  if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  return value instanceof ArrayBuffer || isBufferOfAnotherRealm(value) ? new Uint8Array(value) : undefined;
}

/** @param {unknown} value */
const isBufferOfAnotherRealm = (value) =>
  /^\[object (Shared)?ArrayBuffer\]$/.test(Object.prototype.toString.call(value));

/** Whether a value is a `Response` of the platform and nothing else: its fields can be read without a surprise. */
export function isResponse(/** @type {unknown} */ value) {
  return (
    typeof Response === 'function' &&
    typeof value === 'object' &&
    value !== null &&
    Object.getPrototypeOf(value) === Response.prototype &&
    isBranded(value) &&
    Object.keys(value).length === 0
  );
}

/** What the platform's responses are read with. @type {(() => unknown) | undefined} */
let statusOf;

/** @param {object} value */
function isBranded(value) {
  statusOf ??= Object.getOwnPropertyDescriptor(Response.prototype, 'status')?.get;
  try {
    return statusOf?.call(value) !== undefined;
  } catch {
    return false;
  }
}

/**
 * A copy of what was given as plain data: own fields alone, without a prototype. What is no data, the signal and
 * instances of classes, stays as it is; what no call takes is a number that is none, so that it is refused by its name.
 *
 * @param {any} value
 * @returns {any}
 */
export function plain(value, depth = 0) {
  if (typeof value === 'string') return /\p{Surrogate}/u.test(value) ? NaN : value;
  if (typeof value === 'function' || typeof value === 'symbol' || typeof value === 'bigint') return NaN;
  if (typeof value !== 'object' || value === null || depth > 16) return value;
  if (Array.isArray(value)) return Array.from(value, (item) => plain(item, depth + 1));
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null) return value;
  const copy = Object.create(null);
  for (const key of Object.keys(value)) {
    const field = value[key];
    if (field !== undefined) copy[key] = depth === 0 && key === 'signal' ? field : plain(field, depth + 1);
  }
  return copy;
}

/** How much text is made at once: V8 puts a longer string elsewhere, which takes ten times as long. */
const PART_BYTES = 65_536;

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const encoder = new TextEncoder();

/** Node's own way to read text of one byte a character, ten times as fast. */
const latin1Slice = globalThis.Buffer?.prototype.latin1Slice;

/** @param {Uint8Array} bytes @param {boolean} isAscii @param {number} start @param {number} end */
const partOf = (bytes, isAscii, start, end) =>
  isAscii && latin1Slice ? latin1Slice.call(bytes, start, end) : decoder.decode(bytes.subarray(start, end));

/**
 * A text of the module's, of which this is a view.
 *
 * @param {Uint8Array} bytes
 * @param {boolean} isAscii
 */
export function textOf(bytes, isAscii) {
  let text = '';
  for (let start = 0; start < bytes.length; ) {
    let end = Math.min(start + PART_BYTES, bytes.length);
    // Not within a character.
    while (end < bytes.length && ((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1;
    text += partOf(bytes, isAscii, start, end);
    start = end;
  }
  return text;
}

/** @param {{ raw?: string }} object @param {Uint8Array} bytes @param {boolean} isAscii */
export function setRaw(object, bytes, isAscii) {
  object.raw = textOf(bytes, isAscii);
}

/**
 * A document is parsed when it is first asked for: whoever saves it needs its text alone.
 *
 * @param {Record<string, unknown>} result
 * @param {Uint8Array} bytes
 * @param {boolean} isAscii
 */
export function setDocument(result, bytes, isAscii) {
  const content = textOf(bytes, isAscii);
  /** @type {{ value: unknown } | undefined} */
  let parsed;
  result.content = content;
  Object.defineProperty(result, 'document', {
    enumerable: true,
    configurable: true,
    get() {
      parsed ??= { value: objectIn(content) };
      return parsed.value;
    },
    set(value) {
      parsed = { value };
    },
  });
}

/** The object that a text is as JSON; `null` for what is none, such as a number of YAML. @param {string} text */
function objectIn(text) {
  try {
    const value = JSON.parse(text);
    return typeof value === 'object' && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}

/**
 * What a row of each list of an import's report is made of.
 *
 * @type {Record<string, (cell: () => string | null) => object>}
 */
const rowOf = {
  success: (cell) => ({ id: cell(), method: cell(), path: cell(), action: cell() }),
  failure: (cell) => ({ method: cell(), path: cell(), code: cell(), message: cell() }),
  ignore: (cell) => ({ method: cell(), path: cell() }),
};

/**
 * Sets a list of an import's report. Rows cross from the module as one text, words, and a number for each cell: 0 or
 * more is the length of its text, which starts where that of the cell before it ends; −1 is nothing; −2 − n is word n.
 *
 * A cell is a slice of a part of the text, and keeps no more than that part alive.
 *
 * @param {Record<string, unknown>} report
 * @param {string} name
 * @param {Uint8Array} text
 * @param {boolean} isWide
 * @param {string[]} words
 * @param {Int32Array} cells
 */
export function setRows(report, name, text, isWide, words, cells) {
  const row = rowOf[name];
  /** @type {object[]} */
  const rows = [];
  report[name] = rows;
  let next = 0;
  let part = isWide ? textOf(text, false) : '';
  let ahead = 0;
  let start = 0;
  const cell = () => {
    const code = cells[next++] ?? -1;
    if (code >= 0) {
      if (start + code > part.length) {
        ahead += start;
        part = partOf(text, true, ahead, Math.min(ahead + Math.max(PART_BYTES, code), text.length));
        start = 0;
      }
      start += code;
      return part.slice(start - code, start);
    }
    return code === -1 ? null : (words[-2 - code] ?? null);
  };
  while (row !== undefined && next < cells.length) rows.push(row(cell));
}
