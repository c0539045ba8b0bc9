/**
 * A word of the service that this version does not know. At run time it is the word as the service sent it, and it can
 * be used wherever a `string` can; to the compiler it is a type of its own, so that the known words narrow.
 * To compare it with a word you know of, widen it first: `const word: string = task.status`.
 */
declare enum UnknownWord {
  word = '(unknown)',
}

export type { UnknownWord };

/** A class of the platform, and something like it where the platform's types are not there. */
type Platform<Name extends string, Otherwise> = typeof globalThis extends { [N in Name]: { prototype: infer T } }
  ? T
  : Otherwise;

/** The `AbortSignal` of the platform. */
export type Signal = Platform<
  'AbortSignal',
  {
    readonly aborted: boolean;
    readonly reason?: unknown;
    addEventListener(type: 'abort', listener: () => void): void;
    removeEventListener(type: 'abort', listener: () => void): void;
  }
>;

/** What a `fetch` is given beside the address. */
export interface FetchInit {
  method: string;
  headers: Record<string, string>;
  /** A redirect is not to be followed: the token would go with it. */
  redirect: 'manual';
  /** Is aborted when the call ends before its answer. */
  signal: Signal;
  /** A form for an import, JSON for other calls that write; left out for those that read. */
  body?: string | Platform<'FormData', object>;
}

/** What is read of a `Response`. */
export interface FetchResponse {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  arrayBuffer(): PromiseLike<ArrayBuffer>;
}

/** The `fetch` of the platform, or a function that behaves like it. */
export type Fetch = (url: string, init: FetchInit) => PromiseLike<FetchResponse>;

/** Why an operation failed, in the service's own words. */
export interface Failure {
  /** The service's code, such as `APIC.9218`. */
  code: string | null;
  /** The service's message. */
  message: string | null;
}
