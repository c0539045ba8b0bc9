import { Budget } from './budget.js';
import * as checks from './checks.js';
import { check, wrong } from './checks.js';
import { reasonOf } from './errors.js';
import { Operation, pollerOf, sameness } from './operation.js';

const OPTIONS = { signal: checks.signal, budget: checks.budget, schedule: checks.schedule };

/** @see index.d.ts */
export function watchAll(given, options = {}) {
  if (typeof given?.[Symbol.iterator] !== 'function') throw wrong('operations', 'expected a list of operations');
  const operations = [...given];
  for (const operation of operations) {
    if (!(operation instanceof Operation)) throw wrong('operations', 'expected operations, as `watch` and `resume` give them');
  }
  return new Group(operations, check('options', options, OPTIONS));
}

/** Operations that are watched together: asked about within one budget, each resource once. */
class Group {
  #operations;
  #options;

  constructor(operations, options) {
    this.#operations = operations;
    this.#options = options;
  }

  async *[Symbol.asyncIterator]() {
    const { signal, budget, schedule } = this.#options;
    const gate = new Budget(budget);
    const shown = new Map();
    const changed = new Set();
    let wake = () => {};
    const tell = (operation) => (changed.add(operation), wake());
    const first = firstOfEach(this.#operations);
    const stops = first.map((operation) =>
      pollerOf(operation).listen({ gate, schedule, onView: () => tell(operation), onEnd: () => tell(operation) }));
    const onAbort = () => wake();
    signal?.addEventListener('abort', onAbort);
    try {
      // Those that are over already are told as well.
      for (const operation of first) if (operation.view !== null) changed.add(operation);
      let running = first.filter((operation) => !operation.isOver);
      while (running.length > 0 || changed.size > 0) {
        if (signal?.aborted) throw reasonOf(signal);
        const [operation] = changed;
        if (operation === undefined) {
          await new Promise((resolve) => {
            wake = resolve;
          });
        } else {
          changed.delete(operation);
          const { view, error } = pollerOf(operation);
          const now = JSON.stringify([sameness(view), error?.message]);
          if (shown.get(operation) !== now) {
            shown.set(operation, now);
            yield { operation, now: view, error };
          }
        }
        running = running.filter((operation) => !operation.isOver);
      }
    } finally {
      for (const stop of stops) stop();
      gate.end();
      signal?.removeEventListener?.('abort', onAbort);
    }
  }

  /** Waits for all of them; how each ended, in the order in which they were given. */
  async summary() {
    const all = this[Symbol.asyncIterator]();
    for await (const _ of all);
    const first = new Map(firstOfEach(this.#operations).map((operation) => [keyOf(operation), operation]));
    return this.#operations.map((operation) => {
      const { view, error } = pollerOf(first.get(keyOf(operation)));
      return { operation, view, error };
    });
  }
}

const keyOf = (operation) => {
  const { kind, ids } = operation.toJSON();
  return JSON.stringify([kind, ids]);
};

/** One operation for each resource. */
function firstOfEach(operations) {
  return [...new Map([...operations].reverse().map((operation) => [keyOf(operation), operation])).values()].reverse();
}
