// @ts-check
// The one instance of the module. Nothing happens at import: it is made at the first call. After a trap, the guard
// replaces it.
import { initSync } from '#glue';
import { setGuard } from '#host';
import { compile, readNow, sources } from '#platform';
import { anything, check, wrong } from './checks.js';
import { guard } from './guard.js';

let isReady = false;

/** @type {Promise<void> | null} */
let loading = null;

/** @see index.d.ts @param {{ module?: unknown }} [options] */
export async function init(options = {}) {
  const { module } = check('options', options, { module: anything });
  if (!isReady) await load(module);
}

/** Loads the module, where that has not been done. @param {unknown} [module] @returns {Promise<void>} */
export function load(module) {
  loading ??= start(module).finally(() => {
    loading = null;
  });
  return loading;
}

/** Whether the module can be called now: it is loaded, or can be without waiting. */
export function loadNow() {
  if (isReady) return true;
  if (readNow === null) return false;
  try {
    instantiate(readNow());
    return true;
  } catch (thrown) {
    // No stack is left, which says nothing of the file.
    if (thrown instanceof RangeError) throw thrown;
    // The file was not taken along: `load` knows where else to look, and tells why that fails.
    return false;
  }
}

/** Loads the module now, where that can be done without waiting. */
export function initNow() {
  if (!loadNow()) throw wrong('init', 'the module is not loaded yet; `await init()` first');
}

/** @param {unknown} module */
async function start(module) {
  /** @type {unknown} */
  let fault;
  for (const source of module === undefined ? sources : [() => module]) {
    try {
      return instantiate(await compile(await source()));
    } catch (thrown) {
      fault ??= thrown;
      if (isForbidden(thrown)) break;
    }
  }
  throw wrong('module', `cannot be loaded: ${hintOn(fault)}`, fault);
}

/** @param {unknown} module what else it may be, the engine refuses */
function instantiate(module) {
  if (isReady) return;
  // Told here where it is missing: the module would trap.
  new TextDecoder().decode(new Uint8Array(1));
  setGuard(guard);
  initSync({ module: /** @type {WebAssembly.Module} */ (module) });
  isReady = true;
}

/** @param {unknown} cause */
const messageOf = (cause) => (cause instanceof Error ? cause.message : String(cause));

/** Whether a Content-Security-Policy stands in the way, which does so everywhere. @param {unknown} cause */
const isForbidden = (cause) => /unsafe-eval|Content.Security.Policy|blocked by CSP/i.test(messageOf(cause));

/** @param {unknown} cause */
function hintOn(cause) {
  if (isForbidden(cause)) {
    return "the page's Content-Security-Policy forbids WebAssembly; add 'wasm-unsafe-eval' to script-src";
  }
  if (globalThis.TextDecoder === undefined) {
    return "there is no TextDecoder, as in Jest's jsdom; run the test with `@jest-environment node`";
  }
  return messageOf(cause);
}
