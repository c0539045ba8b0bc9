import { __wbg_reset_state as reset, initSync, run as call } from '#glue';
import { compile, readNow, sources } from '#platform';
import { wrong } from './checks.js';
import { defect, toError } from './errors.js';
import { initOptions } from './options.js';

// The one instance of the module. Nothing happens at import: it is made at the first call, and made anew after a trap.
// It keeps nothing from one call of it to the next, so that a fresh one goes on where another was left.
let state = 'none'; // 'none' | 'ready' | 'broken'
let loading = null;

/** @see index.d.ts */
export async function init(options) {
  const { module } = initOptions(options);
  if (isReady()) return;
  loading ??= start(module).finally(() => {
    loading = null;
  });
  await loading;
}

/** Whether the module can be called now: it is loaded, or can be without waiting. */
export function loadNow() {
  if (isReady()) return true;
  if (readNow === null) return false;
  try {
    instantiate(readNow());
    return true;
  } catch (thrown) {
    // No stack is left, which says nothing of the file.
    if (thrown instanceof RangeError) throw thrown;
    // The file was not taken along: `init` knows where else to look, and tells why that fails.
    return false;
  }
}

/** Loads the module now, where that can be done without waiting. */
export function initNow() {
  if (!loadNow()) throw wrong('init', 'the module is not loaded yet; `await init()` first');
}

const NOTHING = new Uint8Array();
let encoder;
let decoder;

/** Has the module, which is loaded, do something, and gives what it answers. It says so itself when that is an error. */
export function run(what, first = '', second = '', body = NOTHING) {
  if (!isReady()) throw defect();
  let answer;
  try {
    answer = JSON.parse(decoder.decode(call(encoder.encode([what, first, second].join('\0')), body)));
  } catch (trap) {
    state = 'broken';
    throw defect(trap);
  }
  if (answer.error && !('view' in answer)) throw toError(answer.error);
  return answer;
}

/** Whether there is an instance; after a trap, the first to ask gets a fresh one of the same module. */
function isReady() {
  if (state === 'broken') {
    reset();
    state = 'ready';
  }
  return state === 'ready';
}

async function start(given) {
  let fault;
  for (const source of given === undefined ? sources : [() => given]) {
    try {
      return instantiate(await compile(await source()));
    } catch (thrown) {
      fault ??= thrown;
      if (isForbidden(thrown)) break;
    }
  }
  throw wrong('module', `cannot be loaded: ${advice(fault)}`, fault);
}

function instantiate(module) {
  if (state === 'ready') return;
  encoder = new TextEncoder();
  decoder = new TextDecoder();
  initSync({ module });
  state = 'ready';
}

/** Whether a Content-Security-Policy stands in the way, which does so everywhere. */
const isForbidden = (cause) => /unsafe-eval|Content.Security.Policy|blocked by CSP/i.test(cause?.message);

function advice(cause) {
  if (isForbidden(cause)) {
    return "the page's Content-Security-Policy forbids WebAssembly; add 'wasm-unsafe-eval' to script-src";
  }
  if (typeof TextDecoder === 'undefined') {
    return "there is no TextDecoder, as in Jest's jsdom; run the test with `@jest-environment node`";
  }
  return cause instanceof Error ? cause.message : String(cause);
}
