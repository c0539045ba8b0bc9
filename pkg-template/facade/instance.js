import * as glue from '#glue';
import { load, readNow } from '#platform';
import { wrong } from './checks.js';
import { defect, isPlain, toError } from './errors.js';
import { initOptions, toJson } from './options.js';

// The one instance of the module. Nothing happens at import: it is made at the first call, and made anew after a trap.
let state = 'none'; // 'none' | 'ready' | 'broken'
let loading = null;
const pending = new Set();

/** @see index.d.ts */
export async function init(options) {
  const { module } = initOptions(options);
  if (isReady()) return;
  loading ??= start(module).finally(() => {
    loading = null;
  });
  await loading;
}

/** Asks a service. */
export async function call(name, args, host) {
  const json = toJson('options', args);
  await init();
  return new Promise((resolve, reject) => {
    // A trap leaves the module's own promise unsettled for ever: `giveUp` then settles this one.
    pending.add(reject);
    const settled = () => pending.delete(reject);
    glue.call(name, json, host).then(
      (view) => (settled(), resolve(view)),
      (thrown) => (settled(), reject(toError(thrown))),
    );
  });
}

/** Decodes the bytes of an async task's body, now. */
export function decode(bytes) {
  if (!isReady()) {
    if (readNow === null) throw wrong('init', 'the module is not loaded yet; `await init()` first');
    instantiate(readNow());
  }
  try {
    return glue.decodeAsyncTask(bytes);
  } catch (thrown) {
    if (!isPlain(thrown)) giveUp(thrown);
    throw toError(thrown);
  }
}

/** Whether there is an instance; after a trap, the first to ask gets a fresh one of the same module. */
function isReady() {
  if (state === 'broken') {
    glue.__wbg_reset_state();
    begin();
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
  glue.initSync({ module });
  begin();
}

function begin() {
  glue.onPanic((message) => giveUp(new Error(message)));
  state = 'ready';
}

/** After a trap nothing in flight will settle by itself, and the instance is not to be trusted. */
function giveUp(cause) {
  state = 'broken';
  for (const reject of pending) reject(defect(cause));
  pending.clear();
}

function advice(cause) {
  if (cause instanceof WebAssembly.CompileError && /unsafe-eval|Content Security Policy/i.test(cause.message)) {
    return "the page's Content-Security-Policy forbids WebAssembly; add 'wasm-unsafe-eval' to script-src";
  }
  return cause instanceof Error ? cause.message : String(cause);
}
