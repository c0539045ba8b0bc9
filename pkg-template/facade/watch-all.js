// @ts-check
import * as glue from '#glue';
import { budget, check, schedule, signal, wrong } from './checks.js';
import { reasonOf } from './failure.js';
import { callNow } from './call.js';
import { loadNow } from './instance.js';
import { Operation, pollOf } from './operation.js';
import { groupOf } from './options.js';
import { waitFor } from './poll.js';

/** @import { OperationChange, OperationOutcome, WatchAllOptions } from 'huaweicloud-tasks' */

const OPTIONS = { signal, budget, schedule };

/**
 * `any`: whatever was given, and a group of the kinds of that.
 *
 * @see index.d.ts
 * @param {any} watched
 * @param {WatchAllOptions} [options]
 * @returns {any}
 */
export function watchAll(watched, options = {}) {
  if (typeof watched?.[Symbol.iterator] !== 'function') throw wrong('operations', 'expected a list of operations');
  const operations = [...watched];
  const areKnown = operations.every((operation) => operation instanceof Operation);
  if (!areKnown) throw wrong('operations', 'expected operations, as `watch` and `resume` give them');
  return new OperationGroup(operations, check('options', options, OPTIONS));
}

/** Operations that are watched together: asked about within one budget, each resource once. */
class OperationGroup {
  #operations;
  #options;

  /** @param {Operation[]} operations @param {WatchAllOptions} options */
  constructor(operations, options) {
    this.#operations = operations;
    this.#options = options;
  }

  async *[Symbol.asyncIterator]() {
    const { signal, budget, schedule } = this.#options;
    if (signal?.aborted) throw reasonOf(signal);
    const group = groupOf(budget);
    const first = firstOfEach(this.#operations);
    const shown = new Map();
    // Those that are over already are told as well.
    const changed = new Set(first.filter((operation) => operation.view !== null));
    let wake = () => {};
    const listeners = first.map((operation) => {
      const onChange = () => {
        changed.add(operation);
        wake();
      };
      return { poll: pollOf(operation), listener: { group, schedule, onChange } };
    });
    for (const { poll, listener } of listeners) poll.add(listener);
    try {
      for (;;) {
        if (signal?.aborted) throw reasonOf(signal);
        const [operation] = changed;
        if (operation === undefined) {
          if (first.every(({ isOver }) => isOver)) return;
          const next = new Promise((resolve) => {
            wake = () => resolve(undefined);
          });
          await waitFor(next, { signal });
          continue;
        }
        changed.delete(operation);
        const { view, likeness, error } = pollOf(operation);
        const now = `${likeness} ${error !== null}`;
        if (shown.get(operation) === now) continue;
        shown.set(operation, now);
        yield { operation, now: view, error: error?.reason ?? null };
      }
    } finally {
      for (const { poll, listener } of listeners) poll.remove(listener);
      if (loadNow()) callNow(glue.leaveGroup, group.key);
    }
  }

  /** Waits for all of them; how each ended, in the order in which they were given. */
  async summary() {
    const all = this[Symbol.asyncIterator]();
    for await (const _ of all);
    const first = new Map(firstOfEach(this.#operations).map((operation) => [keyOf(operation), operation]));
    return this.#operations.map((operation) => {
      const { view, error } = pollOf(first.get(keyOf(operation)) ?? operation);
      return { operation, view, error: error?.reason ?? null };
    });
  }
}

/** @param {Operation} operation */
const keyOf = (operation) => {
  const { kind, ids } = operation.toJSON();
  return JSON.stringify([kind, ids]);
};

/** One operation for each resource. @param {Operation[]} operations */
function firstOfEach(operations) {
  const byKey = new Map();
  for (const operation of operations) if (!byKey.has(keyOf(operation))) byKey.set(keyOf(operation), operation);
  return [...byKey.values()];
}
