import type { Apig } from './apig.js';
import type { Cvr } from './cvr.js';
import type { Iam } from './iam.js';
import type { Kps } from './kps.js';
import type { RequestBudget, Schedule, Watching } from './operation.js';
import type { ServiceName } from './registry.js';
import type { Roma } from './roma.js';
import type { SfsTurbo } from './sfs-turbo.js';
import type { Fetch, Signal } from './words.js';

/** What every client needs, wherever its requests go and whoever sends them. */
export interface CommonOptions {
  /** The project's id: the part of most paths that says whose resources are meant. */
  projectId: string;
  /** Other addresses for single services; the rules are those of `endpoint`. */
  endpoints?: Partial<Record<ServiceName, string>> | undefined;
  /**
   * Lets requests go to another computer over plain `http:`, where whoever listens reads the token.
   * @defaultValue false
   */
  allowInsecure?: boolean | undefined;
  /**
   * The `fetch` to use instead of the platform's, called as `fetch(url, init)`.
   * @defaultValue `globalThis.fetch`, looked up at each call
   */
  fetch?: Fetch | undefined;
  /**
   * How long one call may take, the token, the body and further tries included, in milliseconds: more than 0, at most
   * 2,147,483,647.
   * @defaultValue 30000
   */
  timeoutMs?: number | undefined;
  /**
   * How often a call that only reads is made again after a failure that may pass (429, 502, 503, 504, no connection):
   * a whole number from 0 to 100. What writes is never made again by itself.
   * @defaultValue 2
   */
  maxRetries?: number | undefined;
  /**
   * How large the body of an answer may be, in bytes, after it was decompressed: a whole number from 1. A larger one is
   * a `DecodeError`, and no more of it is read.
   * @defaultValue 33554432, 32 MiB
   */
  maxBodyBytes?: number | undefined;
  /**
   * When to ask about operations that are watched.
   * @defaultValue 'adaptive'
   */
  schedule?: Schedule | undefined;
  /**
   * What all waiting goes by: the sleeps between polls, the waits before retries, budgets, `maxWaitMs`, heartbeats, and
   * the times in handles and views. `timeoutMs`, signatures and the expiry of tokens stay real. With
   * `createVirtualClock` of `huaweicloud-tasks/simulator`, a test runs an hour of polling in a moment.
   * @defaultValue the platform's clock and timers
   */
  clock?: Clock | undefined;
  /**
   * How many requests may be sent, all calls of the client together; those beyond it wait their turn. What the text of
   * a 429 tells is learnt. To wait for a turn is no part of `timeoutMs`.
   * @defaultValue no limit until a service tells one
   */
  budget?: RequestBudget | undefined;
}

/** What waiting goes by. */
export interface Clock {
  /** The time, in epoch milliseconds. */
  now(): number;
  /** A time that never goes back, in milliseconds; where it begins does not matter. */
  monotonic(): number;
  /**
   * Resolves once so many milliseconds have passed. A caller who no longer waits aborts the signal: what the sleep holds
   * can be freed then, and whether it still resolves does not matter.
   */
  sleep(milliseconds: number, signal: Signal): PromiseLike<unknown>;
}

/** What a token function is told. */
export interface TokenContext {
  /** The token that the service has just refused as expired, for which another is wanted; else `null`. */
  expired: string | null;
}

/**
 * A token, or a function that gives the token of the moment: it is called once for each call, may be async, and is
 * asked once more when the service refuses the token as expired.
 */
export type Token = string | ((context: TokenContext) => string | PromiseLike<string>);

/** Requests go to the services' own addresses in a region. */
export interface InRegion {
  /** The region, such as `cn-north-4`: requests go to `https://{service}.{region}.myhuaweicloud.com`. */
  region: string;
  endpoint?: undefined;
}

/** Requests go to an address of yours. */
export interface AtEndpoint {
  /**
   * Where requests go instead of the services' own addresses: an absolute `https:` URL (`http:` only on this computer,
   * unless `allowInsecure` is set), or a path such as `/huawei` for a proxy of the page's own origin. No query, no
   * fragment, no user name. Where there is no page, calls to a path need a `fetch` of yours.
   */
  endpoint: string;
  region?: undefined;
}

/** Requests carry a token, as `X-Auth-Token`. */
export interface ByToken<T = Token> {
  /** The token. */
  token: T;
  credentials?: undefined;
}

/** An access key (AK/SK). */
export interface Credentials {
  /** The access key's id (AK). */
  accessKey: string;
  /** The secret key (SK). It is never sent. */
  secretKey: string;
  /** The token that goes with a temporary access key. */
  securityToken?: string | undefined;
}

/** Requests are signed with an access key (SDK-HMAC-SHA256). On servers only: in a page a secret key is everybody's. */
export interface BySignature {
  /** The access key. */
  credentials: Credentials;
  token?: undefined;
  /**
   * How much later the services' clock is than this one, in whole milliseconds, below 0 when it is earlier; at most
   * 2,147,483,647 either way. They refuse what is more than 15 minutes off.
   * @defaultValue 0
   */
  clockSkewMs?: number | undefined;
}

/** Requests go to a region, with a token. */
export type RegionOptions = CommonOptions & InRegion & ByToken;

/** Requests go to an endpoint, with a token; `null` when a proxy there adds it, so that the page never sees it. */
export type EndpointOptions = CommonOptions & AtEndpoint & ByToken<Token | null>;

/** Requests are signed. */
export type SignedOptions = CommonOptions & (InRegion | AtEndpoint) & BySignature;

/** What `createClient` takes. */
export type ClientOptions = RegionOptions | EndpointOptions | SignedOptions;

/** What every call takes as its last argument. */
export interface CallOptions {
  /** Aborting it rejects the call with the signal's own `reason`. */
  signal?: Signal | undefined;
  /** Instead of the client's `timeoutMs`, for this call, in milliseconds: more than 0, at most 2,147,483,647. */
  timeoutMs?: number | undefined;
  /** Instead of the client's `maxRetries`, for this call: a whole number from 0 to 100. */
  maxRetries?: number | undefined;
  /** Instead of the client's `maxBodyBytes`, for this call: a whole number from 1. */
  maxBodyBytes?: number | undefined;
}

/**
 * Makes a client. Nothing is loaded and nothing is sent until the first call.
 *
 * @throws {ConfigError} an unknown option, a wrong type or a missing field, named in `field`
 * @example
 * const cloud = createClient({ region: 'cn-north-4', projectId, token: () => session.token });
 * const progress = await cloud.apig.gatewayProgress(instanceId);
 */
export function createClient(options: ClientOptions): Client;

/** The questions a client can ask, by service, and the operations that it can watch. */
export interface Client extends Watching {
  /** API Gateway. */
  readonly apig: Apig;
  /** ROMA Connect. */
  readonly roma: Roma;
  /** SFS Turbo. */
  readonly sfsTurbo: SfsTurbo;
  /** Key Pair Service. */
  readonly kps: Kps;
  /** Cloud VR. */
  readonly cvr: Cvr;
  /** Identity and Access Management. */
  readonly iam: Iam;
}

/** Where the WebAssembly module comes from, when it should not come from the package's own file. */
export interface InitOptions {
  /**
   * A compiled module, its bytes, the address of the `.wasm` file (a text or a `URL`), a `Response` with it, or a
   * promise of one of these; in workers and on the edge, a compiled module.
   */
  module?: object | string | undefined;
}

/**
 * Loads the WebAssembly module. Optional: every call does it when it has not been done. Safe to call again; after a
 * failure, the next call tries again.
 *
 * @throws {ConfigError} when the module cannot be loaded here; `message` says why and what to do
 * @example
 * await init({ module: new URL('/assets/huaweicloud-tasks.wasm', location.href) });
 */
export function init(options?: InitOptions): Promise<void>;
