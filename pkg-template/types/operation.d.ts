import type { CallOptions } from './client.js';
import type { PassingError } from './errors.js';
import type { OperationDetails, OperationIds } from './registry.js';
import type { Failure, Signal } from './words.js';

/** The kinds of long-running operation. */
export type OperationKind = keyof OperationDetails;

/** What to watch. */
export type OperationTarget<K extends OperationKind = OperationKind> = {
  [Kind in K]: { kind: Kind } & OperationIds[Kind];
}[K];

/**
 * How an operation fares. It is over when it `succeeded`, did some of what was asked (`partial`), `failed`, was
 * `cancelled`, or is `steady`: it does what was asked and need not end. `waiting` has not begun; `unknown` is a word of
 * the service that this version does not know, and therefore no end.
 */
export type OperationState =
  | 'waiting'
  | 'running'
  | 'succeeded'
  | 'partial'
  | 'failed'
  | 'cancelled'
  | 'steady'
  | 'unknown';

/** What was seen of an operation, the same for every kind, with its ids. Narrow it by `kind`. */
export type OperationView<K extends OperationKind = OperationKind> = {
  [Kind in K]: ViewOf<Kind> & ViewState & OperationIds[Kind];
}[K];

/** The state of an operation: one that failed says why. */
type ViewState =
  | {
      state: 'failed';
      /** Why; its code and message are `null` when the service gave none. */
      error: Failure;
    }
  | {
      state: Exclude<OperationState, 'failed'>;
      /** What went wrong all the same, or so far, if the service says so. */
      error: Failure | null;
    };

/** What was seen of an operation that ended well, or with some of it done, or that need not end. */
export type OperationResult<K extends OperationKind = OperationKind> = OperationView<K> & {
  state: 'succeeded' | 'partial' | 'steady';
};

interface ViewOf<K extends OperationKind> {
  /** The kind of operation, which tells what `detail` is. */
  kind: K;
  /** The service's own word. */
  status: string;
  /** The progress that the service reports, in percent; `null` where it reports none. */
  percent: number | null;
  /** How far it may be by the time it has taken, in percent; `null` where nobody knows how long its like take. */
  estimatedPercent: number | null;
  /** When it started, in epoch milliseconds, by the service's clock. */
  startedAt: number | null;
  /** When it ended, in epoch milliseconds, by the service's clock; `null` before the end. */
  endedAt: number | null;
  /** How long it has been running, or took, in milliseconds. */
  elapsedMs: number;
  /** When it may end, in epoch milliseconds: the range holds the end four times out of five. `null` if nobody knows. */
  eta: { earliest: number; latest: number } | null;
  /** Whether it takes longer than 95 % of its like. */
  slow: boolean;
  /** What it is made of: the items of a ROMA Connect instance, the sub-jobs of an SFS Turbo job. */
  parts: OperationPart[];
  /** What it has made, such as a server; empty where the service names nothing. */
  resources: OperationResource[];
  /** The answer of the service's own call. */
  detail: OperationDetails[K];
  /** The body as it came, as text. */
  raw: string;
}

/** A part of an operation. */
export interface OperationPart {
  /** What the service calls it: the name of an item, the id of a sub-job. */
  name: string | null;
  state: OperationState;
  /** The service's own word. */
  status: string;
  /** The progress that the service reports, in percent. */
  percent: number | null;
  /** When it started, in epoch milliseconds, by the service's clock. */
  startedAt: number | null;
  /** When it ended, in epoch milliseconds, by the service's clock. */
  endedAt: number | null;
  /** What went wrong, if the service says so. */
  error: Failure | null;
  /** What it is made of itself; eight levels of parts at most. */
  parts: OperationPart[];
}

/** A resource that an operation has made. */
export interface OperationResource {
  /** The service's name of its id, such as `server_id`. */
  name: string;
  /** Its id. */
  id: string;
}

/** What a schedule of one's own is told. */
export interface ScheduleContext {
  /** How often the operation was asked about. */
  asked: number;
  /** What was seen last; `null` before the first answer. */
  view: OperationView | null;
}

/**
 * When to ask: as the package thinks best, every so many milliseconds, or after as many as a function says; 100 at
 * least. What a service asks for after an error is heeded in any case.
 */
export type Schedule = 'adaptive' | { intervalMs: number } | ((context: ScheduleContext) => number);

interface Scheduled {
  /** When to ask. Of several who watch, the first with one decides. @defaultValue the client's, else `'adaptive'` */
  schedule?: Schedule | undefined;
}

/** How to watch. */
export interface WatchOptions extends Scheduled {
  /**
   * How often in a row a poll may fail before the watching ends with its error: a whole number above 0. What cannot
   * pass, such as a refused token, ends it at once.
   * @defaultValue 5
   */
  maxConsecutiveErrors?: number | undefined;
}

/** How to iterate over the changes of an operation. */
export interface ChangesOptions extends Scheduled {
  /** Aborting it ends the iteration with the signal's own `reason`. */
  signal?: Signal | undefined;
  /**
   * Gives the last view again, with `elapsedMs` of the moment, after so many milliseconds without a change: more than
   * 0, at most 2,147,483,647.
   * @defaultValue never
   */
  heartbeatMs?: number | undefined;
}

/** How to wait for the end of an operation. */
export interface ResultOptions extends Scheduled {
  /** Aborting it rejects with the signal's own `reason`. The operation can be watched again. */
  signal?: Signal | undefined;
  /** How long to wait, in milliseconds: more than 0, at most 2,147,483,647. @defaultValue 3600000, an hour */
  maxWaitMs?: number | undefined;
  /** Is told of every answer, also of one that says the same. What it throws is its own matter. */
  onProgress?: ((view: OperationView) => void) | undefined;
}

/**
 * A long-running operation. Nothing is asked until somebody watches; all who do share one poll. `JSON.stringify` makes
 * a handle of it, without any secret, that `client.resume` goes on from.
 */
export type Operation<K extends OperationKind = OperationKind> = {
  [Kind in K]: OperationOf<Kind> & Readonly<OperationIds[Kind]>;
}[K];

interface OperationOf<K extends OperationKind> extends AsyncIterable<OperationView<K>> {
  /** The kind of operation. */
  readonly kind: K;
  /** What was seen last; `null` before the first answer. */
  readonly view: OperationView<K> | null;
  /** Whether there is nothing more to watch: it has ended, or the polling failed for good. */
  readonly isOver: boolean;

  /**
   * Its views, from the first answer to the end, those that differ from the one before in state, percentage, parts,
   * error or slowness. Leaving the loop stops the polling.
   *
   * @throws {TasksError} the polling failed for good, or the signal's reason
   * @example
   * for await (const now of operation) bar.value = now.percent ?? now.estimatedPercent ?? 0;
   */
  changes(options?: ChangesOptions): AsyncGenerator<OperationView<K>, void, undefined>;
  /** The same as `changes()`. */
  [Symbol.asyncIterator](): AsyncGenerator<OperationView<K>, void, undefined>;

  /**
   * Waits for its end, and asks while it waits.
   *
   * @throws {OperationFailedError} it failed, or was cancelled
   * @throws {WaitTimeoutError} it is still running after `maxWaitMs`; the error holds the handle to resume from
   * @throws {TasksError} the polling failed for good, or the signal's reason
   * @example
   * const { state, detail } = await operation.result({ signal, maxWaitMs: 600_000 });
   */
  result(options?: ResultOptions): Promise<OperationResult<K>>;

  /** The handle, for `JSON.stringify`. It holds no secret. */
  toJSON(): OperationHandle<K>;
}

/**
 * An operation as JSON: give it to `client.resume` or `client.poll`, in this process or another. It has more fields,
 * which are the package's own; it is refused when one was changed.
 */
export type OperationHandle<K extends OperationKind = OperationKind> = {
  [Kind in K]: {
    readonly version: number;
    readonly kind: Kind;
    readonly ids: Readonly<OperationIds[Kind]>;
    /** Whose it is: a client of another project or address refuses it. Not there before the module is loaded. */
    readonly owner?: HandleOwner;
  };
}[K];

/** Where a handle is from. It holds no secret and no address. */
export interface HandleOwner {
  /** The client's region, when it has one. */
  readonly region?: string;
  /** A hash of the client's `endpoint`, when it has one. */
  readonly endpoint?: string;
  /** The client's project. */
  readonly projectId: string;
}

/** How to ask once. */
export interface PollOptions extends CallOptions {
  /** Has no effect: it is one question. */
  maxRetries?: number | undefined;
  /**
   * How often in a row it may fail, counted in the handle, before it rejects with the error: a whole number above 0.
   * What cannot pass, such as a refused token, rejects at once.
   * @defaultValue 5
   */
  maxConsecutiveErrors?: number | undefined;
}

/** What one question about an operation came to. Narrow it by `isOver`, and by `view` or `error`. */
export type PollAnswer<K extends OperationKind = OperationKind> = {
  [Kind in K]: PolledOf<Kind> & PolledState<Kind>;
}[K];

interface PolledOf<K extends OperationKind> {
  /** What is known now: keep it, and ask with it the next time. */
  handle: OperationHandle<K>;
}

/** What was seen, and what is to be done then. */
type PolledState<K extends OperationKind> =
  | {
      /** The operation has ended: there is nothing more to ask. */
      isOver: true;
      view: OperationView<K>;
      error: null;
      nextAt: null;
    }
  | {
      isOver: false;
      /** What was seen. */
      view: OperationView<K>;
      error: null;
      /** When to ask again, in epoch milliseconds. To ask earlier is allowed. */
      nextAt: number;
    }
  | {
      isOver: false;
      /** There was no answer. */
      view: null;
      /** Why; it may pass. */
      error: PassingError;
      /** When to ask again, in epoch milliseconds. */
      nextAt: number;
    };

/** How to watch many operations. */
export interface WatchAllOptions extends Scheduled {
  /** Aborting it ends the watching with the signal's own `reason`. The operations can be watched again. */
  signal?: Signal | undefined;
  /**
   * How many requests may be sent, all operations together. What the text of a 429 tells is learnt.
   * @defaultValue no limit until a service tells one
   */
  budget?: RequestBudget | undefined;
}

/** So many requests in so many milliseconds. */
export interface RequestBudget {
  /** How many: a whole number above 0. */
  limit: number;
  /** In how many milliseconds: more than 0. */
  perMs: number;
}

/** What has changed of one of the operations that are watched together. */
export type OperationChange<K extends OperationKind = OperationKind> = {
  [Kind in K]: {
    operation: Operation<Kind>;
    /** What was seen last; `null` when nothing was. */
    now: OperationView<Kind> | null;
    /** Why the polling failed for good; `null` while it has not. */
    error: unknown;
  };
}[K];

/** How the watching of one operation ended. */
export type OperationOutcome<K extends OperationKind = OperationKind> = {
  [Kind in K]: {
    operation: Operation<Kind>;
    /** What was seen last; `null` when nothing was. */
    view: OperationView<Kind> | null;
    /** Why the polling failed for good, which says nothing of the operation; `null` when it did not. */
    error: unknown;
  };
}[K];

/** Operations that are watched together, each resource with one poll. */
export type OperationGroup<K extends OperationKind = OperationKind> = AsyncIterable<OperationChange<K>> & {
  /**
   * Waits for all; how each ended, in the order in which they were given.
   *
   * @throws the signal's reason
   */
  summary(): Promise<OperationOutcome<K>[]>;
};

/** What a client can watch. */
export interface Watching {
  /**
   * An operation that is running already. Nothing is asked until somebody watches it.
   *
   * @param target its kind and its ids
   * @throws {ConfigError} an unknown kind, or an id that is missing
   * @example
   * const operation = cloud.watch({ kind: 'apig.gateway', instanceId });
   */
  watch<K extends OperationKind>(target: OperationTarget<K>, options?: WatchOptions): Operation<K>;

  /**
   * An operation from its handle: what `JSON.stringify(operation)` gave, as text or parsed.
   *
   * @throws {ConfigError} when it is no handle, is of a later version, was changed, or is of another client (`field` is
   *   `owner`). Where the module is not loaded yet, that is only known once it is watched, and ends the watching
   * @example
   * localStorage.job = JSON.stringify(operation);
   * const again = cloud.resume(localStorage.job);
   */
  resume(handle: string, options?: WatchOptions): Operation;
  resume<K extends OperationKind>(handle: OperationHandle<K>, options?: WatchOptions): Operation<K>;

  /**
   * Asks once, and never waits: for queues, functions that run for a moment, and cron, which keep the handle and come
   * back at `nextAt`. What is over already is asked once more.
   *
   * A question that has no answer, and may have one later, resolves with `error` and without `view`. It is never made
   * again by itself.
   *
   * @param handleOrTarget what `JSON.stringify(operation)` or `JSON.stringify(answer.handle)` gave, as text or parsed;
   *   or a target to begin with, a kind and its ids
   * @throws {ConfigError} when it is no handle and no target, was changed, or is of another client (`field` is `owner`)
   * @throws {TasksError} it has failed `maxConsecutiveErrors` times in a row, or for good; `handle` of the error has
   *   what was learnt. Or the signal's reason
   * @example
   * // Each message of the queue is a handle. It goes back into the queue until its operation is over.
   * const answer = await cloud.poll(message.body, { timeoutMs: 10_000 });
   * if (answer.isOver) await finished(answer.view);
   * else await queue.send(JSON.stringify(answer.handle), { delaySeconds: (answer.nextAt - Date.now()) / 1_000 });
   */
  poll<K extends OperationKind>(
    handleOrTarget: OperationHandle<K> | OperationTarget<K>,
    options?: PollOptions,
  ): Promise<PollAnswer<K>>;
  poll(handleOrTarget: string | OperationHandle | OperationTarget, options?: PollOptions): Promise<PollAnswer>;

  /**
   * Watches many operations within one budget of requests.
   *
   * @throws {ConfigError} when one is no operation
   * @example
   * for await (const { operation, now } of cloud.watchAll(operations)) console.log(operation.kind, now?.state);
   */
  watchAll<K extends OperationKind>(operations: Iterable<Operation<K>>, options?: WatchAllOptions): OperationGroup<K>;
}
