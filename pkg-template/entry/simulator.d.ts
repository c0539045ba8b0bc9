/** How a simulator behaves. Everything is optional. */
export interface SimulatorOptions {
  /** Every duration and every outcome follows from it and the ids in the request. @defaultValue 1 */
  seed?: number | undefined;
  /**
   * How many simulated milliseconds pass in one of the clock's: 0 or more; at 0 the time stands still.
   * @defaultValue 1
   */
  speed?: number | undefined;
  /** The clock, in epoch milliseconds. @defaultValue Date.now */
  clock?: (() => number) | undefined;
  /**
   * The token that is let in, and the first that IAM hands out. Those after it end in `-2`, `-3` and so on. Any other,
   * and none, is refused: with 401, or with 400 by ROMA.
   * @defaultValue 'simulator-token'
   */
  token?: string | undefined;
  /**
   * How long a token that IAM hands out is accepted, in simulated milliseconds: 0 or more. When it is given, `token`
   * too expires, that long after the simulator began or IAM handed it out; otherwise `token` is always accepted.
   * @defaultValue 24 hours
   */
  tokenLifetimeMs?: number | undefined;
  /** The only user to whom IAM hands out tokens. @defaultValue 'demo-user' */
  user?: string | undefined;
  /** That user's password. @defaultValue 'demo-password' */
  password?: string | undefined;
  /** The name of that user's account. @defaultValue 'demo-domain' */
  domain?: string | undefined;
  /** The only key pair whose signatures are accepted, next to the tokens. Without it, no signature is. */
  credentials?: SimulatorCredentials | undefined;
  /** The budget of all requests together. Without it, there is no limit. */
  throttle?: SimulatorThrottle | undefined;
}

/** An access key, its secret and, for a temporary one, the security token that must be sent and signed with it. */
export interface SimulatorCredentials {
  /** The access key's id (AK). */
  accessKey: string;
  /** The secret key (SK). */
  secretKey: string;
  /** Without it, the key is not a temporary one. */
  securityToken?: string | undefined;
}

/**
 * How many requests are answered in a window of time. The first request begins a window, and so does the first after
 * its end; those over the limit get 429 APIG.0308 with the budget in the text, and Retry-After.
 */
export interface SimulatorThrottle {
  /** An integer, 0 or more. */
  limit: number;
  /** In milliseconds of the clock, not of the simulated time: more than 0. */
  windowMs: number;
}

/** A class of the platform; any object where the platform's types are not there. */
type Platform<Name extends string> = typeof globalThis extends { [N in Name]: { prototype: infer T } } ? T : object;

/** What `fetch` takes as its second argument. */
type Init = typeof globalThis extends { fetch: (url: string, init?: infer I) => unknown } ? I : object;

/** A clock that runs at a speed of its own. It can be given as the `clock` option of a client. */
export interface SimulatedClock {
  /** The time, in epoch milliseconds. It begins at the platform's and never goes back. */
  now(): number;
  /** The same: it never goes back. */
  monotonic(): number;
  /** Resolves once so many milliseconds of this clock have passed, or once the signal is aborted. */
  sleep(milliseconds: number, signal?: Platform<'AbortSignal'>): Promise<void>;
  /**
   * Milliseconds of this clock per millisecond of the platform's: 0 or more; at 0 the time stands still. To set it does
   * not make the time jump; whoever sleeps wakes by the new speed.
   */
  speed: number;
  /**
   * Moves the time forward, and wakes whoever is due by then.
   * @param milliseconds 0 or more, or a `RangeError` is thrown
   */
  advance(milliseconds: number): void;
}

/**
 * Makes a clock that runs faster or slower than life.
 *
 * @param options `speed`: milliseconds per millisecond of the platform's clock, 0 or more (default 1); `clock`: what it
 *   is driven by, in epoch milliseconds (default `Date.now`)
 * @throws {RangeError} when `speed` is no number of 0 or more
 * @example
 * const clock = createClock({ speed: 60 });
 * const fetch = createSimulator({ clock: clock.now });
 * const cloud = createClient({ endpoint: 'https://any', projectId: 'any', token: 'simulator-token', fetch, clock });
 */
export function createClock(options?: {
  speed?: number | undefined;
  clock?: (() => number) | undefined;
}): SimulatedClock;

/** A clock for tests: nobody waits for real. It can be given as the `clock` option of a client. */
export interface VirtualClock {
  /** The time, in epoch milliseconds. It never goes back. */
  now(): number;
  /** The milliseconds since it was made. */
  monotonic(): number;
  /** Resolves once the clock has jumped so far, or once the signal is aborted. */
  sleep(milliseconds: number, signal?: Platform<'AbortSignal'>): Promise<void>;
  /**
   * Wraps a `fetch`: while one of its requests is under way, and until its body is there, the time stands still.
   * A client that sleeps by this clock needs it, or the clock would jump while an answer is on its way.
   */
  track<F extends (...args: never[]) => Promise<unknown>>(fetch: F): F;
}

/**
 * Makes a clock that jumps to the first sleeper once no request is under way and nothing else is left to do: a test of
 * an hour of polling takes as long as its requests.
 *
 * @param options `startAt`: the time that it begins at, in epoch milliseconds (default: now)
 * @throws {RangeError} when `startAt` is no number
 * @example
 * const clock = createVirtualClock();
 * const fetch = clock.track(createSimulator({ clock: clock.now }));
 * const cloud = createClient({ endpoint: 'https://any', projectId: 'any', token: 'simulator-token', fetch, clock });
 * await cloud.watch({ kind: 'apig.gateway', instanceId: 'gateway-1' }).result(); // some minutes, in a moment
 */
export function createVirtualClock(options?: { startAt?: number | undefined }): VirtualClock;

/** The simulated services, as one function. It can be given as the `fetch` option of a client. */
export interface Simulator {
  /** Answers at once. A request that is already aborted is rejected with its signal's reason. */
  (request: Platform<'Request'>): Promise<Platform<'Response'>>;
  /** A relative `url` is relative to the page, or to a placeholder where there is no page. */
  (url: string | Platform<'URL'> | Platform<'Request'>, init?: Init): Promise<Platform<'Response'>>;
  /**
   * Simulated milliseconds per millisecond of the clock. Setting it does not make the simulated time jump.
   * Setting anything but a number of 0 or more throws a `RangeError`.
   */
  speed: number;
  /** The simulated time, in epoch milliseconds. It begins at the clock's time and never goes back. */
  now(): number;
  /**
   * Moves the simulated time forward.
   * @param milliseconds 0 or more, or a `RangeError` is thrown
   */
  advance(milliseconds: number): void;
}

/**
 * Makes a simulator: the services of the documents, without account and without network. It answers these, after any
 * path prefix and on any host:
 *
 * - APIG: `GET /v2/{project}/apigw/instances/{instance}/progress` and `…/async-tasks/{task}`,
 *   `POST …/openapi/async-import` and `…/openapi/async-export`
 * - ROMA Connect: `GET /v2/{project}/instances/{instance}/process`
 * - SFS Turbo: `GET /v1/{project}/sfs-turbo/jobs/{job}`
 * - key pairs: `POST /v3/{project}/keypairs/associate` and `…/disassociate`, `GET /v3/{project}/tasks/{task}`
 * - Cloud VR: `GET /v2/cvr/render-tasks`
 * - IAM: `POST /v3/auth/tokens`
 *
 * An operation begins when it is started by a `POST`, or else when it is first asked about. What becomes of it is
 * written in its id: an id that is a name in `scenarios`, or begins with such a name and `-`, plays that scenario (the
 * longest such name counts). With any other id, it follows from the seed and mostly goes well. When there are more than
 * 10,000 operations, the oldest are forgotten: they begin again when they are asked about.
 *
 * For a `POST`, the id is that of the gateway or of the server; for render tasks, it is the `application_id` asked for.
 * The ids of started tasks follow from the seed and the number of requests before. `flaky` and `flaky-429` count the
 * requests to each address and id by themselves.
 *
 * Documented are the addresses, the fields, the words, the codes and their messages. Assumed, because no document says
 * it:
 *
 * - A gateway takes 324 s on average (lognormal, coefficient of variation 0.25); it shows 0 % first, then 30, 50, 80
 *   and 90 % after about 8, 30, 55 and 80 % of its time; one that fails does so after 20 to 80 % of it. As in the
 *   documents' example, `end_time` is there before the end.
 * - A task waits about 2 s and then works for 8 to 20 s. One that was started reports on what it was given: an import
 *   on each path and method of the file, all of which go well (created in a new group, updated in one that exists). A
 *   file may have 300 APIs; of YAML, only block style is understood. An export writes made-up APIs, in the type and the
 *   version asked for, and without their backends when `define` is "spec".
 * - A ROMA instance takes 600 s on average, an SFS Turbo job 660 s, both drawn like a gateway's time. ROMA's words
 *   after `creating`, its failure ROMA.9999, its items and the unit of `taken_time` (minutes) are made up, and so are
 *   the kinds of SFS Turbo jobs. Fields that an SFS Turbo job has no value for are left out.
 * - A task of a key pair is ready for about 2 s and runs for 20 to 60 s; `disassociate` replaces with `auth` and resets
 *   without; the codes KPS.0400, KPS.0404 and KPS.0500 are made up. No key and no password is kept or repeated.
 * - Render tasks are a few hundred, which follow from the seed and do not change; `limit` is 10 by default.
 * - IAM knows one user and every project.
 * - SFS Turbo, key pairs and Cloud VR refuse a token with 401 APIG.0307.
 *
 * A request with `Authorization: SDK-HMAC-SHA256 …` is checked before anything else but the budget: the signature, over
 * the address as it came, with `UNSIGNED-PAYLOAD` where X-Sdk-Content-Sha256 says so, and X-Sdk-Date, which may differ
 * from the clock by 15 minutes. A wrong one gets 401 APIGW.0301. This needs WebCrypto, which a browser has on secure
 * pages only.
 *
 * @throws {RangeError} when `speed`, `tokenLifetimeMs` or a number of `throttle` is no number, or is outside its limits
 * @example
 * const simulator = createSimulator({ speed: 60 });
 * const cloud = createClient({ region: 'cn-north-4', projectId: 'any', token: 'simulator-token', fetch: simulator });
 * await cloud.apig.gatewayProgress('gateway-1');
 */
export function createSimulator(options?: SimulatorOptions): Simulator;

/**
 * What a scenario does, by the name an id starts with: `instances` for gateways, `tasks` for async tasks, `starts` for
 * the gateways of an import or export, `romaInstances`, `sfsTurboJobs`, `keypairServers` for the servers whose key pair
 * is changed, `keypairTasks`, and `renderTasks` for the applications that are asked for.
 *
 * @example
 * await cloud.apig.asyncTask('gateway', 'import-partial-1'); // plays scenarios.tasks['import-partial']
 */
export const scenarios: {
  readonly instances: Readonly<Record<string, string>>;
  readonly tasks: Readonly<Record<string, string>>;
  readonly starts: Readonly<Record<string, string>>;
  readonly romaInstances: Readonly<Record<string, string>>;
  readonly sfsTurboJobs: Readonly<Record<string, string>>;
  readonly keypairServers: Readonly<Record<string, string>>;
  readonly keypairTasks: Readonly<Record<string, string>>;
  readonly renderTasks: Readonly<Record<string, string>>;
};
