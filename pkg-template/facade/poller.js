import { completeTask } from './decode.js';
import { isTasksError } from './errors.js';
import { adviceOn, answerTo } from './exchange.js';
import { init, initNow, loadNow, run } from './instance.js';
import { sleepUntil } from './sleep.js';

// What went before, for the error of an operation that failed.
const LONGEST_HISTORY = 100;

// How many durations of operations of a kind a client remembers.
const MOST_DURATIONS = 20;

// Whatever a schedule of the caller's says, or how often a page is hidden and shown.
const SHORTEST_WAIT_MS = 100;

/**
 * Polls one operation for all who watch it, while somebody does. The module decides when to ask and what an answer comes
 * to; here it is asked and told.
 */
export class Poller {
  /** The last view; `null` before the first answer. */
  view = null;

  /** What there is to throw once the polling has failed for good. */
  error = null;

  /** When that was. */
  seenAt = 0;

  /** What was seen so far. */
  history = [];

  #client;
  #target;
  #step = null;
  #listeners = new Set();
  #controller = null;
  #loop = null;
  #handle;
  #maxConsecutiveErrors;

  /** @param target `{ kind, ids, fresh }` @param handle the text of a handle to go on from */
  constructor(client, target, handle, maxConsecutiveErrors) {
    this.#maxConsecutiveErrors = maxConsecutiveErrors;
    this.#client = client;
    this.#target = target;
    this.#handle = handle;
    if (loadNow()) this.#begin();
  }

  get isOver() {
    return this.error !== null || (this.view !== null && this.#step.watch.ended);
  }

  /** All that is known, as plain JSON. Before the module is loaded, that is what is watched. */
  get handle() {
    if (this.#step === null && loadNow()) this.#begin();
    if (this.#step !== null) return this.#step.watch;
    return this.#handle === undefined ? unsealed(this.#target) : JSON.parse(this.#handle);
  }

  /** Has a function told of every answer, and of the end. Gives the function that takes that back. */
  listen(listener) {
    this.#listeners.add(listener);
    this.#start();
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) this.#controller?.abort();
    };
  }

  #begin() {
    initNow();
    const { kind, ids, fresh } = this.#target;
    this.#step ??= this.#handle === undefined
      ? run('begin', JSON.stringify({ kind, ...ids, fresh, now: Date.now() }))
      : run('resume', this.#handle, JSON.stringify({ now: Date.now() }));
  }

  #start() {
    if (this.#loop !== null || this.isOver || this.#listeners.size === 0) return;
    this.#controller = new AbortController();
    this.#loop = this.#poll(this.#controller.signal).finally(() => {
      this.#loop = null;
      // Who came while the last one was leaving.
      this.#start();
    });
  }

  async #poll(signal) {
    try {
      if (this.#step === null) {
        await init();
        this.#begin();
      }
      while (!signal.aborted && !this.isOver) {
        const due = this.#dueAt();
        const { watch, leastMs } = this.#step;
        const earliest = (watch.askedAt ?? 0) + Math.max(leastMs, SHORTEST_WAIT_MS);
        let back;
        do back = await sleepUntil(due, signal);
        while (Date.now() + back < Math.min(due, earliest));
        for (const { gate } of this.#listeners) await gate?.take(due, signal);
        const { view } = this;
        await this.#ask(signal);
        if (this.view !== view) for (const listener of this.#listeners) listener.onView?.(this.view);
      }
    } catch (error) {
      if (!signal.aborted) this.error = error;
    }
    if (this.isOver) for (const listener of this.#listeners) listener.onEnd?.();
  }

  /** When to ask: as the first listener with a schedule of its own wants it, else as the module says. */
  #dueAt() {
    const { watch, leastMs } = this.#step;
    // What was written after its end is asked about once more, to show it.
    if (watch.ended && watch.failures === 0) return Date.now();
    const listener = [...this.#listeners].find(({ schedule }) => schedule !== undefined && schedule !== 'adaptive');
    const schedule = listener?.schedule ?? this.#client.schedule ?? 'adaptive';
    // What was started just now is not asked about at once; what was running already is.
    const since = watch.askedAt ?? (watch.fresh ? watch.begunAt : null);
    if (schedule === 'adaptive' || since === null || watch.failures > 0) return watch.nextAt;
    const { view } = this;
    const wanted = typeof schedule === 'function' ? schedule({ asked: watch.asked, view }) : schedule.intervalMs;
    const wait = Number.isFinite(wanted) ? wanted : SHORTEST_WAIT_MS;
    return since + Math.max(wait, leastMs, SHORTEST_WAIT_MS);
  }

  async #ask(signal) {
    const { kind, ids } = this.#target;
    const { projectId, durations } = this.#client;
    const known = { durations: durations[kind]?.map(String) ?? [], maxConsecutiveErrors: this.#maxConsecutiveErrors };
    try {
      const { view, seen } = await answerTo(this.#step.call, { ...ids, projectId }, this.#client, { signal, maxRetries: 0 });
      this.#advance({ ...known, seen });
      this.#see(kind === 'apig.task' ? completeTask(view) : view, seen);
    } catch (error) {
      if (signal.aborted || !isTasksError(error) || error.kind === 'internal') throw error;
      const { leastMs, budget } = adviceOn(error);
      if (budget) for (const { gate } of this.#listeners) gate?.learn(budget);
      const failed = { kind: error.kind, retryable: error.retryable, leastMs: leastMs ?? 0 };
      this.#advance({ ...known, failed });
      if (this.#step.givenUp) throw error;
    }
  }

  #advance(event) {
    this.#step = run('advance', JSON.stringify(this.#step.watch), JSON.stringify({ ...event, now: Date.now() }));
  }

  #see({ raw, ...detail }, { state, status, percent, startedAt, endedAt, error, parts }) {
    const { kind, ids } = this.#target;
    const { estimatedPercent, etaMs, slow, elapsedMs } = this.#step;
    const now = Date.now();
    this.seenAt = now;
    const took = startedAt !== null && endedAt !== null ? endedAt - startedAt : elapsedMs;
    this.view = {
      kind,
      ...ids,
      state,
      status,
      percent,
      estimatedPercent: state === 'succeeded' || state === 'partial' ? 100 : estimatedPercent,
      startedAt,
      endedAt,
      elapsedMs: took,
      eta: etaMs && { earliest: now + etaMs[0], latest: now + etaMs[1] },
      slow,
      parts,
      error,
      detail: { ...detail, raw },
      raw,
    };
    const last = this.history.at(-1);
    if (last?.state !== state || last.percent !== percent) this.history.push({ at: now, state, status, percent });
    if (this.history.length > LONGEST_HISTORY) this.history.shift();
    if (state === 'succeeded') this.#remember(took);
  }

  /** How long it took: the next of its kind may take as long. */
  #remember(took) {
    const { durations } = this.#client;
    const { kind } = this.#target;
    durations[kind] = [...(durations[kind] ?? []), took].slice(-MOST_DURATIONS);
  }
}

/** A handle that says only what is watched. */
export const unsealed = ({ kind, ids }) => ({ version: 1, kind, ids });
