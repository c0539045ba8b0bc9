declare enum Unknown {
  word = '(unknown)',
}

/**
 * A word of the service that this version does not know. At run time it is the word as the service sent it, and it can
 * be used wherever a `string` can; to the compiler it is a type of its own, so that the known words narrow.
 * To compare it with a word you know of, widen it first: `const word: string = task.status`.
 */
export type UnknownWord = Unknown;

/** The `fetch` of the platform, or a function that behaves like it. */
export type Fetch = typeof globalThis extends { fetch: infer F } ? F : (url: string, init: object) => Promise<unknown>;

/** The `AbortSignal` of the platform. */
export type Signal = typeof globalThis extends { AbortSignal: { prototype: infer S } }
  ? S
  : {
      readonly aborted: boolean;
      readonly reason?: unknown;
      addEventListener(type: 'abort', listener: () => void): void;
      removeEventListener(type: 'abort', listener: () => void): void;
    };

/** Why an operation failed, in the service's own words. */
export interface Failure {
  /** The service's code, such as `APIC.9218`. */
  code: string | null;
  /** The service's message. */
  message: string | null;
}
