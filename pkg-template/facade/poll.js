// @ts-check
import * as glue from '#glue';
import { call, callNow } from './call.js';
import { load, loadNow } from './instance.js';

/**
 * @import { Clock, OperationHandle, OperationKind, OperationTarget, OperationView, Schedule } from 'huaweicloud-tasks'
 * @import { SeenState, Signal } from 'huaweicloud-tasks'
 * @import { CheckedClient, Group } from '#glue'
 * @import { Job } from './guard.js'
 */

/**
 * Who looks at an operation.
 *
 * @typedef {object} Listener
 * @property {Schedule} [schedule]
 * @property {Group} [group]
 * @property {(view: OperationView) => void} [onView]
 * @property {() => void} [onChange]
 */

/**
 * The poll of one operation, shared by all who watch it, and running while somebody does. The module asks, waits and
 * decides; here is what it was told last, and who looks.
 */
export class Poll {
  /** The last view; `null` before the first answer. @type {OperationView | null} */
  view = null;

  /** What two views that differ differ in. */
  likeness = '';

  /** When the last view was seen. */
  seenAt = 0;

  /** What there is to throw once the polling has failed for good. @type {{ reason: unknown } | null} */
  error = null;

  /** The changes of state and percentage so far. @type {SeenState[]} */
  history = [];

  maxConsecutiveErrors;

  #client;
  #target;
  /** `ended` is the module's own. @type {OperationHandle & { ended?: boolean } | null} */
  #handle = null;
  #written;
  /** @type {Set<Listener>} */
  #listeners = new Set();
  /** @type {((nothing?: undefined) => void) | null} */
  #stop = null;
  /** @type {Promise<void> | null} */
  #next = null;
  #wake = () => {};
  /** @type {Job | null} */
  #job = null;

  /**
   * @param {CheckedClient} client
   * @param {{ kind: OperationKind, ids: Record<string, string>, isFresh: boolean }} target
   * @param {OperationHandle | undefined} written a handle to go on from
   * @param {number | undefined} maxConsecutiveErrors
   */
  constructor(client, target, written, maxConsecutiveErrors) {
    this.#client = client;
    this.#target = target;
    this.#written = written;
    this.maxConsecutiveErrors = maxConsecutiveErrors;
    if (loadNow()) this.#begin();
  }

  get isOver() {
    return this.error !== null || (this.view !== null && this.#handle?.ended === true);
  }

  /**
   * All that is known, as plain JSON. Before the module is loaded, that is what is watched.
   *
   * @returns {OperationHandle}
   */
  get handle() {
    if (this.#handle === null && loadNow()) this.#begin();
    const { kind, ids } = this.#target;
    return this.#handle ?? this.#written ?? /** @type {OperationHandle} */ ({ version: 1, kind, ids });
  }

  /** What all waiting goes by; `undefined` is the platform's. */
  get clock() {
    return this.#client.clock;
  }

  /** The schedule of the first who has one. */
  get schedule() {
    return [...this.#listeners].find(({ schedule }) => schedule !== undefined && schedule !== 'adaptive')?.schedule;
  }

  /** The groups that it is watched in. */
  get groups() {
    return [...this.#listeners].flatMap(({ group }) => group ?? []);
  }

  /** @param {Listener} listener */
  add(listener) {
    this.#listeners.add(listener);
    this.#start();
  }

  /** @param {Listener} listener */
  remove(listener) {
    this.#listeners.delete(listener);
    if (this.#listeners.size === 0) this.#stop?.();
  }

  /** The next time that there is something to tell. @returns {Promise<void>} */
  next() {
    this.#next ??= new Promise((resolve) => {
      this.#wake = resolve;
    });
    return this.#next;
  }

  /**
   * For the module: an answer came.
   *
   * @param {OperationHandle} handle
   * @param {OperationView} view
   * @param {string} likeness
   * @param {number} at
   */
  answered(handle, view, likeness, at) {
    this.#handle = handle;
    if (this.#job !== null) this.#job.traps = 0;
    Object.assign(this, { view, likeness, seenAt: at });
    for (const listener of this.#listeners) listener.onView?.(view);
    this.#tell();
  }

  /** For the module: no answer came. @param {OperationHandle} handle */
  unanswered(handle) {
    this.#handle = handle;
  }

  #tell() {
    for (const listener of this.#listeners) listener.onChange?.();
    this.#wake();
    this.#next = null;
  }

  #begin() {
    const { kind, ids, isFresh } = this.#target;
    const target = /** @type {OperationTarget} */ ({ kind, ...ids });
    this.#handle ??=
      this.#written === undefined
        ? callNow(glue.beginHandle, this.#client, target, isFresh)
        : callNow(glue.resumeHandle, this.#client, this.#written);
  }

  #start() {
    if (this.#stop !== null || this.isOver || this.#listeners.size === 0) return;
    const stopped = new Promise((resolve) => {
      this.#stop = resolve;
    });
    this.#watch(stopped);
  }

  /** @param {Promise<undefined>} stopped */
  async #watch(stopped) {
    // Whoever leaves in the same moment has asked nothing.
    await null;
    try {
      if (!loadNow()) await load();
      this.#begin();
      await call((job) => {
        this.#job = job;
        return glue.watchOperation(this.#client, this, stopped);
      });
    } catch (reason) {
      this.error = { reason };
    }
    this.#stop = null;
    if (this.isOver) this.#tell();
    // Who came while the last one was leaving.
    else this.#start();
  }
}

/**
 * Waits for an event: `null` when it has come, the time when so many milliseconds have passed before.
 *
 * @param {Promise<unknown>} event
 * @param {{ signal?: Signal | undefined, milliseconds?: number | undefined, clock?: Clock | undefined }} limits
 */
export function waitFor(event, limits) {
  return call(() => glue.wait(event, limits));
}
