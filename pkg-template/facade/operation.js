import * as checks from './checks.js';
import { check, object, text, wrong } from './checks.js';
import { OperationFailedError, reasonOf, WaitTimeoutError } from './errors.js';
import { KINDS } from './kinds.js';
import { toJson } from './options.js';
import { Poller } from './poller.js';

const MAX_WAIT_MS = 60 * 60_000;

const WATCH_OPTIONS = { schedule: checks.schedule, maxConsecutiveErrors: checks.count };
const ITERATION_OPTIONS = { schedule: checks.schedule, signal: checks.signal, heartbeatMs: checks.timeout };
const RESULT_OPTIONS = {
  schedule: checks.schedule,
  signal: checks.signal,
  maxWaitMs: checks.timeout,
  onProgress: checks.callable,
};

/** The poller of an operation, for those who watch several. */
export let pollerOf;

/** @see index.d.ts */
export class Operation {
  static {
    pollerOf = (operation) => operation.#poller;
  }

  #poller;
  #schedule;

  /** @param known what `watch` was given or a start answered: `kind`, its ids, and more to show */
  constructor(client, { kind, ...known }, { schedule, maxConsecutiveErrors, fresh = false, handle } = {}) {
    const ids = Object.fromEntries(KINDS[kind].map((name) => [name, known[name]]));
    this.#poller = new Poller(client, { kind, ids, fresh }, handle, maxConsecutiveErrors);
    this.#schedule = schedule;
    Object.assign(this, { kind, ...known });
  }

  /** What was seen last. */
  get view() {
    return this.#poller.view;
  }

  /** Whether there is nothing more to watch. */
  get isOver() {
    return this.#poller.isOver;
  }

  /** Frameworks that wrap plain objects to see them change leave it alone: its private fields are not the wrapper's. */
  get [Symbol.toStringTag]() {
    return 'Operation';
  }

  toJSON() {
    return this.#poller.handle;
  }

  [Symbol.asyncIterator]() {
    return this.changes();
  }

  async *changes(options = {}) {
    const { signal, heartbeatMs, schedule = this.#schedule } = check('options', options, ITERATION_OPTIONS);
    let wake;
    let shown;
    const stop = this.#poller.listen({ schedule, onView: () => wake?.(), onEnd: () => wake?.() });
    const onAbort = () => wake?.();
    signal?.addEventListener('abort', onAbort);
    try {
      for (;;) {
        if (signal?.aborted) throw reasonOf(signal);
        const { view, error, isOver } = this.#poller;
        const now = sameness(view);
        if (view !== null && now !== shown) {
          shown = now;
          yield view;
          continue;
        }
        if (error !== null) throw error;
        if (isOver) return;
        const isHeartbeat = await new Promise((resolve) => {
          const beat = heartbeatMs && setTimeout(resolve, heartbeatMs, true);
          wake = () => (clearTimeout(beat), resolve(false));
        });
        if (isHeartbeat && view !== null) yield { ...view, elapsedMs: view.elapsedMs + Date.now() - this.#poller.seenAt };
      }
    } finally {
      stop();
      signal?.removeEventListener?.('abort', onAbort);
    }
  }

  async result(options = {}) {
    const given = check('options', options, RESULT_OPTIONS);
    const { signal, maxWaitMs = MAX_WAIT_MS, onProgress, schedule = this.#schedule } = given;
    if (signal?.aborted) throw reasonOf(signal);
    const poller = this.#poller;
    let timer;
    let stop;
    let onAbort;
    try {
      await new Promise((resolve, reject) => {
        if (poller.isOver) return resolve();
        onAbort = () => reject(reasonOf(signal));
        signal?.addEventListener('abort', onAbort);
        timer = setTimeout(() => {
          reject(new WaitTimeoutError({ kind: this.kind, view: poller.view, handle: poller.handle, maxWaitMs }));
        }, maxWaitMs);
        stop = poller.listen({ schedule, onView: (view) => quietly(onProgress, view), onEnd: resolve });
      });
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener?.('abort', onAbort);
      stop?.();
    }
    if (poller.error !== null) throw poller.error;
    if (poller.view.state === 'failed') throw new OperationFailedError(poller);
    return poller.view;
  }
}

/** What two views that differ differ in. */
export const sameness = (view) =>
  view && JSON.stringify([view.state, view.status, view.percent, view.slow, view.parts, view.error]);

/** A listener of the caller's that throws breaks nothing. */
function quietly(listener, view) {
  try {
    Promise.resolve(listener?.(view)).catch(() => {});
  } catch {
    // Its own matter.
  }
}

/** An operation that is running already. */
export function watch(client, target, options = {}) {
  return new Operation(client, checkedTarget(target), check('options', options, WATCH_OPTIONS));
}

/** An operation from the handle that it was written as. */
export function resume(client, handle, options = {}) {
  const checked = check('options', options, WATCH_OPTIONS);
  const given = typeof handle === 'string' ? parse(handle) : handle;
  const { kind, ids } = object('handle', given);
  const target = checkedTarget({ kind, ...object('ids', ids) });
  return new Operation(client, target, { ...checked, handle: toJson('handle', given) });
}

function checkedTarget(target) {
  const { kind, ...ids } = object('target', target);
  const names = Object.hasOwn(KINDS, kind) ? KINDS[kind] : undefined;
  if (names === undefined) throw wrong('kind', `expected one of ${Object.keys(KINDS).join(', ')}`);
  check('target', ids, Object.fromEntries(names.map((name) => [name, text])));
  for (const name of names) text(name, ids[name]);
  return { kind, ...ids };
}

function parse(handle) {
  try {
    return JSON.parse(handle);
  } catch (cause) {
    throw wrong('handle', 'expected what JSON.stringify(operation) gives', cause);
  }
}
