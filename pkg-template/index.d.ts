/**
 * huaweicloud-tasks: start, watch and read Huawei Cloud's long-running operations.
 * Unofficial; not affiliated with Huawei.
 *
 * Times are epoch milliseconds, what a service left out is `null`, and the body as it came is always there as `raw`.
 */

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

// ------------------------------------------------------------------------------------------------ the client

/** What every client needs, wherever its requests go. */
export interface CommonOptions {
  /** The project's id: the part of every path that says whose resources are meant. */
  projectId: string;
  /**
   * The `fetch` to use instead of the platform's, called as `fetch(url, init)`.
   * @defaultValue `globalThis.fetch`, looked up at each call
   */
  fetch?: Fetch | undefined;
  /**
   * How long one call may take, the token and the body included, in milliseconds: more than 0, at most 2,147,483,647.
   * @defaultValue 30000
   */
  timeoutMs?: number | undefined;
}

/** A token, or a function that gives the token of the moment: it is called once for each request and may be async. */
export type Token = string | (() => string | PromiseLike<string>);

/** Requests go to the service's own address in a region. */
export interface RegionOptions extends CommonOptions {
  /** The region, such as `cn-north-4`: requests go to `https://{service}.{region}.myhuaweicloud.com`. */
  region: string;
  endpoint?: undefined;
  /** Sent as `X-Auth-Token`. */
  token: Token;
}

/** Requests go to an address of yours. */
export interface EndpointOptions extends CommonOptions {
  /**
   * Where requests go instead of the services' own addresses: an absolute `https:` or `http:` URL, or a path such as
   * `/huawei` for a proxy of the page's own origin. No query, no fragment, no user name.
   */
  endpoint: string;
  region?: undefined;
  /** Sent as `X-Auth-Token`; `null` when the proxy at `endpoint` adds it, so that the page never sees it. */
  token: Token | null;
}

export type ClientOptions = RegionOptions | EndpointOptions;

/** What every call takes as its last argument. */
export interface CallOptions {
  /** Aborting it rejects the call with the signal's own `reason`. */
  signal?: Signal | undefined;
  /** Instead of the client's `timeoutMs`, for this call. */
  timeoutMs?: number | undefined;
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

/** The questions a client can ask, by service. */
export interface Client {
  readonly apig: Apig;
}

/** API Gateway (APIG), dedicated gateways. */
export interface Apig {
  /**
   * How far the creation of a dedicated gateway is. Official name: `ShowDetailsOfInstanceProgressV2`.
   *
   * A creation that failed is an answer with `state: 'failed'`, not a thrown error.
   *
   * @param instanceId the gateway's id; sent as one path segment whatever it holds
   * @throws {TasksError} one of its subclasses, or the signal's reason
   * @example
   * const progress = await cloud.apig.gatewayProgress(instanceId, { timeoutMs: 5_000 });
   * if (progress.state === 'failed') console.error(progress.error.code, progress.error.message);
   */
  gatewayProgress(instanceId: string, options?: CallOptions): Promise<GatewayProgress>;

  /**
   * What has become of an asynchronous import or export, its nested result decoded. Official name: `ShowAsyncTaskResult`.
   *
   * A task that failed is an answer with `status: 'failed'`, not a thrown error.
   *
   * @param instanceId the gateway's id
   * @param taskId the id that the import or the export answered with
   * @throws {TasksError} one of its subclasses, or the signal's reason
   * @example
   * const task = await cloud.apig.asyncTask(instanceId, taskId);
   * if (task.type === 'import_api' && task.status === 'succeed') console.table(task.result.failure);
   */
  asyncTask(instanceId: string, taskId: string, options?: CallOptions): Promise<AsyncTask>;
}

// ------------------------------------------------------------------------------------------------ gateway creation

/** Why an operation failed, in the service's own words. */
export interface Failure {
  /** The service's code, such as `APIC.9218`. */
  code: string | null;
  /** The service's message. */
  message: string | null;
}

interface GatewayView {
  /**
   * How far the creation is, in percent, as the service says it. The documents list 30, 50, 80, 90 and 100, but their
   * own examples also hold 0; any integer is passed on. `null` when the service gave none.
   */
  percent: number | null;
  /** When the creation started, in epoch milliseconds. */
  startedAt: number | null;
  /** The body as it came, as text. */
  raw: string;
}

/** The gateway is being created. */
export interface GatewayCreating extends GatewayView {
  state: 'creating';
  error: Failure | null;
  /** Always `null`: the service fills `end_time` in before the end, so it is passed on only when the state is final. */
  endedAt: null;
}

/** The gateway is there. */
export interface GatewayCreated extends GatewayView {
  state: 'success';
  error: Failure | null;
  /** When the creation ended, in epoch milliseconds. */
  endedAt: number | null;
}

/** The gateway could not be created; `error` says why. */
export interface GatewayFailed extends GatewayView {
  state: 'failed';
  error: Failure;
  /** When the creation ended, in epoch milliseconds. */
  endedAt: number | null;
}

/** The service used a word for the state that this version does not know. It is neither a success nor a failure. */
export interface GatewayInUnknownState extends GatewayView {
  state: UnknownWord;
  error: Failure | null;
  endedAt: null;
}

/** The answer of `apig.gatewayProgress`. Narrow it by `state`. */
export type GatewayProgress = GatewayCreating | GatewayCreated | GatewayFailed | GatewayInUnknownState;

// ------------------------------------------------------------------------------------------------ async tasks

interface TaskView {
  /** The task's id. */
  id: string;
  /** The body as it came, as text. */
  raw: string;
}

/** The task waits or is being worked on. */
export interface PendingTask extends TaskView {
  type: 'import_api' | 'export_api';
  status: 'waiting' | 'processing';
  result: null;
}

/** The task failed; `result` says why. */
export interface FailedTask extends TaskView {
  type: 'import_api' | 'export_api' | UnknownWord;
  status: 'failed';
  result: Failure;
}

/** The import ended. Look at `result.partial`: single APIs may still have been refused. */
export interface ImportTask extends TaskView {
  type: 'import_api';
  status: 'succeed';
  result: ImportReport;
}

/** The export ended. */
export interface ExportTask extends TaskView {
  type: 'export_api';
  status: 'succeed';
  result: ExportedDocument;
}

/** A type this version does not know: what it came to is in `raw` only. */
export interface TaskOfUnknownType extends TaskView {
  type: UnknownWord;
  status: 'waiting' | 'processing' | 'succeed' | UnknownWord;
  result: null;
}

/** A status this version does not know: neither a success nor a failure. */
export interface TaskInUnknownStatus extends TaskView {
  type: 'import_api' | 'export_api';
  status: UnknownWord;
  result: null;
}

/** The answer of `apig.asyncTask` and of `decodeAsyncTask`. Narrow it by `type` and `status`. */
export type AsyncTask = PendingTask | FailedTask | ImportTask | ExportTask | TaskOfUnknownType | TaskInUnknownStatus;

/** What an import came to, API by API. */
export interface ImportReport {
  /** The API group that the APIs went into. */
  groupId: string | null;
  /** The APIs that were imported. */
  success: ImportedApi[];
  /** The APIs that were refused. */
  failure: RefusedApi[];
  /** The APIs that were left out. The service's own example leaves this field out: it is then empty. */
  ignore: IgnoredApi[];
  /** The imported document as a whole. */
  swagger: ImportedDocument | null;
  /** `true` when the task "succeeded" and yet APIs were refused. */
  partial: boolean;
}

/** An API that was imported. */
export interface ImportedApi {
  /** The API's id. */
  id: string | null;
  /** The request method, such as `GET`. */
  method: string | null;
  /** The request path. */
  path: string | null;
  /** Whether the API is new or was changed. */
  action: 'create' | 'update' | UnknownWord | null;
}

/** An API that was refused. */
export interface RefusedApi {
  method: string | null;
  path: string | null;
  /** The service's code (`error_code`). */
  code: string | null;
  /** The service's message (`error_msg`). */
  message: string | null;
}

/** An API that was left out. */
export interface IgnoredApi {
  method: string | null;
  path: string | null;
}

/** The imported document as a whole. */
export interface ImportedDocument {
  /** The document's id. */
  id: string | null;
  /** What the service says of it, such as `Success`. */
  result: string | null;
}

/** The document that an export wrote. The table and the example of the service's page name its fields differently; both are read. */
export interface ExportedDocument {
  /** The name as the service gave it (`FileName`). It may hold `:`. */
  fileName: string | null;
  /** The format without a dot, in lower case (`FileType` or `file_type`): the example's `.json` is `json`. */
  fileType: 'json' | 'yaml' | 'yml' | UnknownWord | null;
  /** The document's text (`Comment` or `content`). */
  content: string;
  /** The document itself when its text is a JSON object, `null` when it is YAML. */
  document: OpenApiDocument | null;
  /** `fileName` with its extension, made fit for any file system. */
  safeFileName: string;
}

/** An OpenAPI 3 or Swagger 2.0 document. */
export interface OpenApiDocument {
  /** `2.0` in a Swagger document. */
  swagger?: string;
  /** `3.0.x` in an OpenAPI document. */
  openapi?: string;
  info?: { title?: string; version?: string; description?: string; [field: string]: unknown };
  host?: string;
  paths?: { [path: string]: { [method: string]: unknown } };
  [field: string]: unknown;
}

/**
 * Decodes the body of an APIG async task that you already have: the same decoding as `apig.asyncTask`, without network.
 *
 * Synchronous. In Node it is ready at once; in a browser, once `init()` or the first call of a client has resolved.
 *
 * @param body the body as bytes or text, or the object it was parsed into
 * @throws {DecodeError} when it is not the body of an async task; `path` says where, `expected` says what
 * @throws {ConfigError} when the module is not ready yet
 * @example
 * const task = decodeAsyncTask(await response.text());
 */
export function decodeAsyncTask(body: string | Uint8Array | ArrayBuffer | object): AsyncTask;

/** Where the WebAssembly module comes from, when it should not come from the package's own file. */
export interface InitOptions {
  /** A compiled module, its bytes, or the address of the `.wasm` file. */
  module?: object | string | undefined;
}

/**
 * Loads the WebAssembly module. Optional: every call does it when it has not been done. Safe to call again; after a
 * failure, the next call tries again.
 *
 * @throws {ConfigError} when the module cannot be loaded here; `message` says why and what to do
 */
export function init(options?: InitOptions): Promise<void>;

// ------------------------------------------------------------------------------------------------ errors

/** The kinds of error, one for each class. */
export type ErrorKind =
  | 'config'
  | 'auth'
  | 'permission'
  | 'notFound'
  | 'rateLimit'
  | 'server'
  | 'api'
  | 'connection'
  | 'timeout'
  | 'aborted'
  | 'decode'
  | 'internal';

/**
 * What every error of this package is. `message` is for people and never holds a secret; decide by `kind`, `status` and `code`.
 */
export class TasksError extends Error {
  readonly kind: ErrorKind;
  /** The HTTP status, `null` when there was no answer. */
  readonly status: number | null;
  /** The service's code, such as `APIG.3093`. */
  readonly code: string | null;
  /** The service's id of the request, to quote to its support. */
  readonly requestId: string | null;
  /** Whether the same call may succeed later, with nothing changed. */
  readonly retryable: boolean;
  /** The body as it came, as text, cut to 64 KiB; `null` when there was none. */
  readonly raw: string | null;
  /** What this error was made from, such as the error that `fetch` threw. */
  readonly cause?: unknown;
}

/** The options or arguments are wrong. Thrown before any request. */
export class ConfigError extends TasksError {
  readonly kind: 'config';
  /** The option or argument that is wrong. */
  readonly field: string | null;
}
/** The token is missing, wrong or expired. */
export class AuthError extends TasksError {
  readonly kind: 'auth';
}
/** The token is good, but may not do this. */
export class PermissionError extends TasksError {
  readonly kind: 'permission';
}
/** There is no such resource. */
export class NotFoundError extends TasksError {
  readonly kind: 'notFound';
}
/** Too many requests. */
export class RateLimitError extends TasksError {
  readonly kind: 'rateLimit';
}
/** The service, or a proxy before it, failed. */
export class ServerError extends TasksError {
  readonly kind: 'server';
}
/** The service refused the request for another reason. */
export class ApiError extends TasksError {
  readonly kind: 'api';
}
/** No answer came: `cause` is what `fetch` threw. In a browser this is also what a CORS refusal looks like. */
export class ConnectionError extends TasksError {
  readonly kind: 'connection';
}
/** The call took longer than `timeoutMs`. */
export class TimeoutError extends TasksError {
  readonly kind: 'timeout';
}
/** `fetch` gave up by itself. (When *your* signal aborts, the call rejects with your signal's own reason instead.) */
export class AbortedError extends TasksError {
  readonly kind: 'aborted';
}
/** The answer is not what the documents describe. */
export class DecodeError extends TasksError {
  readonly kind: 'decode';
  /** Where in the body, such as `task_result.success[3].id`; empty for the body as a whole. */
  readonly path: string;
  /** What was expected there, such as `a string`. */
  readonly expected: string;
}

/**
 * Whether something caught is an error of this package: of any copy of it, in any realm (an iframe, a worker, a second version).
 *
 * @example
 * try { … } catch (error) { if (isTasksError(error) && error.retryable) … else throw error; }
 */
export function isTasksError(value: unknown): value is TasksError;

export {};
