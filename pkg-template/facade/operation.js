// @ts-check
import * as glue from '#glue';
import { KINDS } from '#registry';
import { call, errorOf } from './call.js';
import { callable, check, count, object, schedule, signal, text, timeout, wrong } from './checks.js';
import { OperationFailedError, WaitTimeoutError } from './errors.js';
import { reasonOf } from './failure.js';
import { Poll, waitFor } from './poll.js';

/**
 * @import { ChangesOptions, OperationHandle, OperationKind, OperationView, PollOptions } from 'huaweicloud-tasks'
 * @import { OperationTarget, ResultOptions, WatchOptions } from 'huaweicloud-tasks'
 * @import { CheckedClient } from '#glue'
 */

const MAX_WAIT_MS = 60 * 60_000;

const WATCH_OPTIONS = { schedule, maxConsecutiveErrors: count };
const ITERATION_OPTIONS = { schedule, signal, heartbeatMs: timeout };
const RESULT_OPTIONS = { schedule, signal, maxWaitMs: timeout, onProgress: callable };

/**
 * The poll of an operation, for those who watch several.
 *
 * @type {(operation: Operation) => Poll}
 */
export let pollOf;

/** @see index.d.ts */
export class Operation {
  static {
    pollOf = (operation) => operation.#poll;
  }

  #poll;
  #schedule;

  /**
   * @param {CheckedClient} client
   * @param {{ kind: OperationKind, [known: string]: unknown }} known what `watch` was given or a start answered: its
   *   kind, its ids, and more to show
   * @param {WatchOptions & { isFresh?: boolean, handle?: OperationHandle }} [options]
   */
  constructor(client, { kind, ...known }, { schedule, maxConsecutiveErrors, isFresh = false, handle } = {}) {
    const ids = Object.fromEntries(KINDS[kind].map((name) => [name, /** @type {string} */ (known[name])]));
    this.#poll = new Poll(client, { kind, ids, isFresh }, handle, maxConsecutiveErrors);
    this.#schedule = schedule;
    Object.assign(this, { kind, ...known });
    /** @type {OperationKind} */
    this.kind = kind;
  }

  /** What was seen last. */
  get view() {
    return this.#poll.view;
  }

  /** Whether there is nothing more to watch. */
  get isOver() {
    return this.#poll.isOver;
  }

  /** Frameworks that wrap plain objects to see them change leave it alone: its private fields are not the wrapper's. */
  get [Symbol.toStringTag]() {
    return 'Operation';
  }

  toJSON() {
    return this.#poll.handle;
  }

  [Symbol.asyncIterator]() {
    return this.changes();
  }

  /** @param {ChangesOptions} [options] */
  async *changes(options = {}) {
    const { signal, heartbeatMs, schedule = this.#schedule } = check('options', options, ITERATION_OPTIONS);
    if (signal?.aborted) throw reasonOf(signal);
    const poll = this.#poll;
    let shown;
    const listener = { schedule };
    poll.add(listener);
    try {
      for (;;) {
        if (signal?.aborted) throw reasonOf(signal);
        const { view, likeness, error, isOver } = poll;
        if (view !== null && likeness !== shown) {
          shown = likeness;
          yield view;
          continue;
        }
        if (error !== null) throw error.reason;
        if (isOver) return;
        const now = await waitFor(poll.next(), { signal, milliseconds: heartbeatMs, clock: poll.clock });
        if (now !== null && view !== null) yield { ...view, elapsedMs: view.elapsedMs + now - poll.seenAt };
      }
    } finally {
      poll.remove(listener);
    }
  }

  /** @param {ResultOptions} [options] */
  async result(options = {}) {
    const checked = check('options', options, RESULT_OPTIONS);
    const { signal, maxWaitMs = MAX_WAIT_MS, onProgress, schedule = this.#schedule } = checked;
    if (signal?.aborted) throw reasonOf(signal);
    const poll = this.#poll;
    const listener = { schedule, onView: (/** @type {OperationView} */ view) => quietly(onProgress, view) };
    poll.add(listener);
    try {
      const limits = { signal, milliseconds: maxWaitMs, clock: poll.clock };
      while (!poll.isOver) {
        if ((await waitFor(poll.next(), limits)) === null || poll.isOver) continue;
        throw new WaitTimeoutError({ kind: this.kind, view: poll.view, handle: poll.handle, maxWaitMs });
      }
    } finally {
      poll.remove(listener);
    }
    if (poll.error !== null) throw poll.error.reason;
    const { view, history } = poll;
    if (view?.state === 'failed' || view?.state === 'cancelled') throw new OperationFailedError({ view, history });
    return view;
  }
}

/**
 * A listener of the caller's that throws breaks nothing.
 *
 * @param {((view: OperationView) => unknown) | undefined} listener
 * @param {OperationView} view
 */
function quietly(listener, view) {
  try {
    Promise.resolve(listener?.(view)).catch(() => {});
  } catch {
    // Its own matter.
  }
}

/**
 * An operation that is running already. `any`, as for the next two: it is of the kind of what was given.
 *
 * @param {CheckedClient} client
 * @param {unknown} target
 * @param {WatchOptions} [options]
 * @returns {any}
 */
export function watch(client, target, options = {}) {
  return new Operation(client, checkedTarget(target), check('options', options, WATCH_OPTIONS));
}

/**
 * An operation from the handle that it was written as.
 *
 * @param {CheckedClient} client
 * @param {unknown} handle
 * @param {WatchOptions} [options]
 * @returns {any}
 */
export function resume(client, handle, options = {}) {
  const checked = check('options', options, WATCH_OPTIONS);
  const written = typeof handle === 'string' ? parse(handle) : handle;
  const { kind, ids } = object('handle', written);
  const target = checkedTarget({ kind, ...object('ids', ids) });
  return new Operation(client, target, { ...checked, handle: /** @type {OperationHandle} */ (written) });
}

/**
 * One question about an operation.
 *
 * @param {CheckedClient} client
 * @param {string | OperationHandle | OperationTarget} handleOrTarget which the module checks
 * @param {PollOptions} [options]
 * @returns {Promise<any>}
 */
export async function poll(client, handleOrTarget, options) {
  const answer = await call(() => glue.poll(client, handleOrTarget, options));
  return answer.error === null ? answer : { ...answer, error: errorOf(answer.error) };
}

/** @param {unknown} target @returns {{ kind: OperationKind, [id: string]: string }} */
function checkedTarget(target) {
  const { kind, ...ids } = object('target', target);
  if (!isKind(kind)) throw wrong('kind', `expected one of ${Object.keys(KINDS).join(', ')}`);
  const names = KINDS[kind];
  check('target', ids, Object.fromEntries(names.map((name) => [name, text])));
  return { kind, ...Object.fromEntries(names.map((name) => [name, text(name, ids[name])])) };
}

/** @param {unknown} kind @returns {kind is OperationKind} */
const isKind = (kind) => typeof kind === 'string' && Object.hasOwn(KINDS, kind);

/** @param {string} handle */
function parse(handle) {
  try {
    return JSON.parse(handle);
  } catch (cause) {
    throw wrong('handle', 'expected what JSON.stringify(operation) gives', cause);
  }
}
