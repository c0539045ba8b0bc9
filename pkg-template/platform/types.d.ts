/** What the facade needs of the platform that it runs on. */
export interface Platform {
  /** Gives the module without waiting, or its bytes; `null` where that cannot be done. */
  readonly readNow: (() => BufferSource | WebAssembly.Module) | null;
  /** Where the module may come from: the next one is tried when one fails. */
  readonly sources: (() => unknown)[];
  /** Whether it is no page: a secret key may be kept. */
  readonly isServer: boolean;
  /** Reads a file by its path; `null` where there are no paths. */
  readonly readFile: ((path: string) => Promise<Uint8Array>) | null;
  /** Makes what can be instantiated of what a source gives, or `init` was given. */
  compile(source: unknown): unknown;
}

type Is<Found extends Platform> = Found;

/** Each of the platforms; one that is another shape does not compile. */
export type Platforms =
  | Is<typeof import('./browser.js')>
  | Is<typeof import('./commonjs.js')>
  | Is<typeof import('./inline.js')>
  | Is<typeof import('./node.js')>
  | Is<typeof import('./worker.js')>;
