import { __wbg_reset_state as reset, initSync, run as call } from '#glue';
import { load, readNow } from '#platform';
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

/** Loads the module now, where that can be done without waiting. */
export function initNow() {
  if (isReady()) return;
  if (readNow === null) throw wrong('init', 'the module is not loaded yet; `await init()` first');
  instantiate(readNow());
}

/** Whether the module can be called without waiting. */
export const canRun = () => isReady() || readNow !== null;

const NOTHING = new Uint8Array();

/** Has the module, which is loaded, do something, and gives what it answers. It says so itself when that is an error. */
export function run(what, first = '', second = '', body = NOTHING) {
  if (!isReady()) throw defect();
  let answer;
  try {
    answer = JSON.parse(call(what, first, second, body));
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
  try {
    instantiate(await compile((await given) ?? (await load())));
  } catch (cause) {
    throw wrong('module', `cannot be loaded: ${advice(cause)}`, cause);
  }
}

async function compile(source) {
  if (typeof source === 'string' || source instanceof URL) source = await fetch(source);
  if (typeof Response !== 'function' || !(source instanceof Response)) return source;
  if (!source.ok) throw new Error(`${source.url} answered ${source.status}`);
  // Not compileStreaming: it insists on a MIME type that many a server does not know, for a file this small.
  return WebAssembly.compile(await source.arrayBuffer());
}

function instantiate(module) {
  if (state === 'ready') return;
  initSync({ module });
  state = 'ready';
}

function advice(cause) {
  if (cause instanceof WebAssembly.CompileError && /unsafe-eval|Content Security Policy/i.test(cause.message)) {
    return "the page's Content-Security-Policy forbids WebAssembly; add 'wasm-unsafe-eval' to script-src";
  }
  return cause instanceof Error ? cause.message : String(cause);
}
