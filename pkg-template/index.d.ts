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
   * 0 to 100. What writes is never made again by itself.
   * @defaultValue 2
   */
  maxRetries?: number | undefined;
}

/** The services whose addresses can be overridden. Key pairs live on the address of KMS. */
export type ServiceName = 'apig' | 'roma' | 'sfsTurbo' | 'kps' | 'cvr' | 'iam';

/** What a token function is told. */
export interface TokenContext {
  /** The token that the service has just refused as expired, for which another is wanted; else `null`. */
  expired: string | null;
}

/**
 * A token, or a function that gives the token of the moment: it is called once for each call, may be async, and is asked
 * once more when the service refuses the token as expired.
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
   * fragment, no user name.
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

/** Requests are signed with an access key (SDK-HMAC-SHA256). On Node only: in a page a secret key is everybody's. */
export interface BySignature {
  credentials: Credentials;
  token?: undefined;
  /**
   * How much later the services' clock is than this one, in milliseconds. They refuse what is more than 15 minutes off.
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

export type ClientOptions = RegionOptions | EndpointOptions | SignedOptions;

/** What every call takes as its last argument. */
export interface CallOptions {
  /** Aborting it rejects the call with the signal's own `reason`. */
  signal?: Signal | undefined;
  /** Instead of the client's `timeoutMs`, for this call. */
  timeoutMs?: number | undefined;
  /** Instead of the client's `maxRetries`, for this call. */
  maxRetries?: number | undefined;
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
  readonly roma: Roma;
  readonly sfsTurbo: SfsTurbo;
  readonly kps: Kps;
  readonly cvr: Cvr;
  readonly iam: Iam;
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

  /**
   * Starts the import of an OpenAPI document (JSON or YAML, at most 300 APIs). Official name: `ImportApiDefinitionsAsync`.
   * Never made again by itself.
   *
   * @param instanceId the gateway's id
   * @param file the document: its text, its bytes, a `Blob` or `File`, or what `fileFromPath` gives
   * @throws {TasksError} one of its subclasses, or the signal's reason; `explain` has words for the codes 3127 and 3600–3609
   * @example
   * const { taskId } = await cloud.apig.importApis(instanceId, file, { isCreateGroup: false, groupId });
   */
  importApis(instanceId: string, file: ImportFile, options?: ImportOptions): Promise<StartedTask>;

  /**
   * Starts the export of APIs as an OpenAPI document. Official name: `ExportApiDefinitionsAsync`. Never made again by
   * itself.
   *
   * @param instanceId the gateway's id
   * @throws {TasksError} one of its subclasses, or the signal's reason
   * @example
   * const { taskId } = await cloud.apig.exportApis(instanceId, { envId, groupId, oasVersion: '3.0', type: 'yaml' });
   */
  exportApis(instanceId: string, options: ExportOptions): Promise<StartedTask>;
}

/** What can be imported. */
export type ImportFile =
  | string
  | Uint8Array
  | ArrayBuffer
  | NamedBytes
  | { arrayBuffer(): PromiseLike<ArrayBuffer>; readonly name?: string };

/** A file's bytes and its name. */
export interface NamedBytes {
  readonly bytes: Uint8Array;
  readonly name: string;
}

/** How to import. */
export interface ImportOptions extends CallOptions {
  /** Whether to make a new API group. @defaultValue true */
  isCreateGroup?: boolean;
  /** The group to import into; needed when `isCreateGroup` is `false`. */
  groupId?: string;
  /** What wins where extended information is there already: what is there (`merge`) or what comes. @defaultValue 'merge' */
  extendMode?: 'merge' | 'override';
  /** Whether to import in simple mode. @defaultValue false */
  simpleMode?: boolean;
  /** Whether to give the APIs a mock backend. @defaultValue false */
  mockMode?: boolean;
  /** What wins where an API is there already: what is there (`merge`) or what comes. @defaultValue 'merge' */
  apiMode?: 'merge' | 'override';
  /** The file's name. @defaultValue the file's own, else `apis.json` or `apis.yaml` */
  fileName?: string;
}

/** What to export, and how. */
export interface ExportOptions extends CallOptions {
  /** The environment that the APIs are published in. */
  envId: string;
  /** The API group. */
  groupId: string;
  /** The version of the OpenAPI specification. @defaultValue '2.0' */
  oasVersion?: '2.0' | '3.0';
  /** How much to export: the specification, with backends (`proxy`), everything (`all`), or for development. @defaultValue 'spec' */
  define?: 'spec' | 'proxy' | 'all' | 'dev';
  /** The format. @defaultValue 'json' */
  type?: 'json' | 'yaml' | 'yml';
  /** The version to write into the document. @defaultValue the time of the export */
  version?: string;
  /** The ids of the APIs to export. @defaultValue all of the group */
  apis?: string[];
}

/** An import or export that was started: ask `apig.asyncTask` what becomes of it. */
export interface StartedTask {
  kind: 'apig.task';
  /** The gateway's id. */
  instanceId: string;
  /** The task's id. */
  taskId: string;
  /** The body as it came, as text. */
  raw: string;
}

/**
 * Reads a file to import. On Node only.
 *
 * @throws {ConfigError} where there are no paths
 * @example
 * await cloud.apig.importApis(instanceId, await fileFromPath('apis.yaml'));
 */
export function fileFromPath(path: string): Promise<NamedBytes>;

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

// Into `Client`:
//   readonly roma: Roma;
//   readonly sfsTurbo: SfsTurbo;
//   readonly kps: Kps;
//   readonly cvr: Cvr;

/** ROMA Connect. */
export interface Roma {
  /**
   * How far the creation of an instance is. Official name: `GetCreateInstanceProcessV2`.
   *
   * A creation that failed is an answer with `state: 'failed'`, not a thrown error.
   *
   * @param instanceId the instance's id; sent as one path segment whatever it holds
   * @throws {TasksError} one of its subclasses, or the signal's reason
   * @example
   * const progress = await cloud.roma.instanceProgress(instanceId);
   * for (const item of progress.items) console.log(item.name, item.state, item.percent);
   */
  instanceProgress(instanceId: string, options?: CallOptions): Promise<RomaInstanceProgress>;
}

/** SFS Turbo. */
export interface SfsTurbo {
  /**
   * What has become of a job. Official name: `ShowJobDetail`.
   *
   * A job that failed is an answer with `state: 'failed'`, not a thrown error.
   *
   * @param jobId the job's id
   * @throws {TasksError} one of its subclasses, or the signal's reason
   * @example
   * const job = await cloud.sfsTurbo.job(jobId);
   * if (job.state === 'failed') console.error(job.error.code, job.error.message);
   */
  job(jobId: string, options?: CallOptions): Promise<SfsTurboJob>;
}

/** Key Pair Service (KPS). */
export interface Kps {
  /**
   * What has become of a task. Official name: `ListKeypairTask`.
   *
   * A task that failed is an answer with `phase: 'failed'`, not a thrown error.
   *
   * @param taskId the id that `associate` or `disassociate` answered with
   * @throws {TasksError} one of its subclasses, or the signal's reason
   * @example
   * const task = await cloud.kps.task(taskId);
   * console.log(task.operation, task.phase);
   */
  task(taskId: string, options?: CallOptions): Promise<KeypairTask>;

  /**
   * Binds a key pair to a server. Official name: `AssociateKeypair`. Never sent twice by itself.
   *
   * The answer says whether the task was dispatched; `kps.task` says how it ends.
   *
   * @param keypairName the key pair's name
   * @param server the server
   * @throws {TasksError} one of its subclasses, or the signal's reason; the key is never part of it
   * @example
   * const started = await cloud.kps.associate('my-keypair', { id: serverId, disablePassword: true });
   * if (started.state === 'dispatched') console.log(started.taskId);
   */
  associate(keypairName: string, server: AssociatedServer, options?: CallOptions): Promise<KeypairDispatch>;

  /**
   * Replaces a server's key pair, with `server.auth`, or resets it, without. Official name: `DisassociateKeypair`.
   * Never sent twice by itself.
   *
   * The answer says whether the task was dispatched; `kps.task` says how it ends.
   *
   * @param server the server
   * @throws {TasksError} one of its subclasses, or the signal's reason; the key is never part of it
   * @example
   * const started = await cloud.kps.disassociate({ id: serverId });
   * if (started.state === 'failed') console.error(started.error.code, started.error.message);
   */
  disassociate(server: DisassociatedServer, options?: CallOptions): Promise<KeypairDispatch>;
}

/** Cloud VR (CVR). */
export interface Cvr {
  /**
   * The render tasks, a page of them.
   *
   * @param filter which ones; all when it is left out
   * @throws {TasksError} one of its subclasses, or the signal's reason
   * @example
   * const { count, renderTasks } = await cloud.cvr.renderTasks({ status: 'active', limit: 100 });
   */
  renderTasks(filter?: RenderTaskFilter, options?: CallOptions): Promise<RenderTasks>;
}

// ------------------------------------------------------------------------------------------------ ROMA Connect

interface RomaInstanceView {
  /** How far the creation is, in percent. */
  percent: number | null;
  /** When the creation started, in epoch milliseconds. */
  startedAt: number | null;
  /** From the start to the end, or to `currentTime` before the end, in milliseconds. */
  elapsedMs: number | null;
  /** The service's clock, in epoch milliseconds. */
  currentTime: number | null;
  /** `taken_time` as it came. Its unit is unknown: the documents' example has 1 after 30 seconds. Use `elapsedMs`. */
  takenTime: number | null;
  /** The instance's id. */
  instanceId: string | null;
  /** The instance's name. */
  name: string | null;
  /** The parts of the instance, each created by itself. */
  items: RomaItem[];
  /** The instance itself. It names users and tenants: do not log it. */
  instance: RomaInstance;
  /** The body as it came, as text. It names users and tenants: do not log it. */
  raw: string;
}

/** The instance is being created. */
export interface RomaInstanceCreating extends RomaInstanceView {
  state: 'creating';
  /** Always `null`: before the end, `instance.errorCode` holds the id of a job. */
  error: null;
  endedAt: null;
}

/** The instance is there: the service says `success` or `RUNNING`. */
export interface RomaInstanceCreated extends RomaInstanceView {
  state: 'success';
  error: null;
  /** When the creation ended, in epoch milliseconds. */
  endedAt: number | null;
}

/** The instance could not be created: the service says `failed` or `CREATE_FAILED`. `error` says why. */
export interface RomaInstanceFailed extends RomaInstanceView {
  state: 'failed';
  error: Failure;
  /** When the creation ended, in epoch milliseconds. */
  endedAt: number | null;
}

/** The service used a word for the state that this version does not know. It is neither a success nor a failure. */
export interface RomaInstanceInUnknownState extends RomaInstanceView {
  state: UnknownWord;
  error: null;
  endedAt: null;
}

/** The answer of `roma.instanceProgress`. Narrow it by `state`. */
export type RomaInstanceProgress =
  | RomaInstanceCreating
  | RomaInstanceCreated
  | RomaInstanceFailed
  | RomaInstanceInUnknownState;

/** How far the creation of a part of an instance is. */
export interface RomaItem {
  /** The part's name, such as `mqs`. */
  name: string | null;
  state: 'creating' | 'success' | 'failed' | UnknownWord;
  /** In percent. */
  percent: number | null;
  /** In epoch milliseconds. */
  startedAt: number | null;
  /** In epoch milliseconds, once the state is final. */
  endedAt: number | null;
  /** `taken_time` as it came, its unit unknown. */
  takenTime: number | null;
  /** What went wrong, if the service says so. */
  error: Failure | null;
}

/** A ROMA Connect instance, under the service's own names. `#` stands for a value that the service masks. */
export interface RomaInstance {
  /** The instance's id. */
  instanceId: string | null;
  /** Its name. */
  name: string | null;
  /** `CREATING`, `RUNNING` or `CREATE_FAILED`, as it came; `state` of the progress is the same, normalised. */
  status: string | null;
  /** The address to connect to. */
  connectAddress: string | null;
  /** The address that keeps the source address (next-generation APIC only). */
  connectAddressWithPP: string | null;
  /** Where the management plane reaches the data plane (next generation). */
  mgmtConnectAddress: string | null;
  /** Where the management plane reaches the data plane (next-generation FDI). */
  mgmtExtraConnectAddress: string | null;
  /**
   * The port.
   * @deprecated by the service
   */
  port: string | null;
  /** The number of connections, as text (connection-pool mode only). */
  conAmount: string | null;
  /** The type of instance. */
  type: string | null;
  /**
   * The location.
   * @deprecated by the service
   */
  location: string | null;
  /** The product's id. */
  productId: string | null;
  /**
   * The engine.
   * @deprecated by the service
   */
  engine: string | null;
  /**
   * The engine's version.
   * @deprecated by the service
   */
  engineVersion: string | null;
  /** How it is paid for. */
  chargingMode: number | null;
  /** The description. */
  description: string | null;
  /** Why it failed; the id of a job while it is being created. */
  errorCode: string | null;
  /** The same in words. */
  errorMessage: string | null;
  /** The project of the tenant that holds the resources. */
  resTenantId: string | null;
  /** The domain of the tenant that holds the resources. */
  resDomainId: string | null;
  /** The VPC of the tenant that holds the resources. */
  resVpcId: string | null;
  /** The subnet of the tenant that holds the resources. */
  resSubnetId: string | null;
  /** The security group of the tenant that holds the resources. */
  resSecurityGroupId: string | null;
  /** The tenant's project. */
  tenantId: string | null;
  /** The tenant's VPC. */
  tenantVpcId: string | null;
  /** The tenant's subnet. */
  tenantSubnetId: string | null;
  /** The tenant's security group. */
  tenantSecurityGroupId: string | null;
  /** The user's id. */
  userId: string | null;
  /** The user's name. */
  userName: string | null;
  /** The domain's id. */
  domainId: string | null;
  /** The virtual router's id. */
  virtualRouterId: string | null;
  /** The order's id. */
  orderId: string | null;
  /** When it was created, in epoch milliseconds. */
  createdAt: number | null;
  /** When it was last changed, in epoch milliseconds. */
  updatedAt: number | null;
  /** When it was deleted, as text. */
  deletedAt: string | null;
  /** The availability zones; empty when they cannot be read. */
  availableZones: string[];
  /** When the maintenance window begins, as HH:MM:SS. */
  maintainBegin: string | null;
  /** When the maintenance window ends, as HH:MM:SS. */
  maintainEnd: string | null;
  /** The state of a task. */
  taskStatus: string | null;
  /** Whether it lets in without a password. */
  noPasswordAccess: boolean | null;
  /** The user who is let in. */
  accessUser: string | null;
  /** The id of the public address. */
  publicipId: string | null;
  /** The public address. */
  publicipAddr: string | null;
  /** Whether a public address is bound. */
  publicipBounded: boolean | null;
  /**
   * Without meaning.
   * @deprecated ignored by the service
   */
  outZones: string | null;
  /** The list of resources. */
  resourceList: string | null;
  /**
   * Without meaning.
   * @deprecated ignored by the service
   */
  nameLike: string | null;
  /**
   * Without meaning.
   * @deprecated ignored by the service
   */
  instanceIdLike: string | null;
  /** The code of the specification. */
  specCode: string | null;
  /**
   * Without meaning.
   * @deprecated ignored by the service
   */
  statusIncluded: string | null;
  /** The enterprise project's id. */
  epId: string | null;
  /** Whether resources were left behind. */
  resLeakStatus: string | null;
  /** The tags. */
  tagEntries: string | null;
  /** The system tags. */
  epIds: string | null;
  /**
   * Without meaning.
   * @deprecated ignored by the service
   */
  typeExcluded: string | null;
  /** Whether IPv6 is on. */
  ipv6Enable: boolean | null;
  /** The IPv6 address to connect to. */
  ipv6ConnectAddress: string | null;
  /** The bandwidth. */
  bandwidths: number | null;
  /** The ingress bandwidth (next generation). */
  ingressBandwidthSize: string | null;
  /** The id of the cluster the instance is in. */
  resInstanceClusterId: string | null;
  /** The kind of region: center or edge. */
  scope: string | null;
  /** The processor's architecture; Arm or x86. */
  cpuArch: string | null;
  /** The kind of encryption. */
  cryptoType: string | null;
  /** Whether RocketMQ is on. */
  rocketmqEnable: boolean | null;
  /** Whether an external load balancer is on. */
  externalElbEnable: boolean | null;
  /** The id of the log group in Log Tank Service. */
  ltsLogGroupId: string | null;
  /** Whether it is paid for on demand (the service's own spelling). */
  demondPay: boolean | null;
  /** Whether it is paid for in advance. */
  prePay: boolean | null;
  /** The enterprise project's id. */
  epIdOrDefault: string | null;
}

// ------------------------------------------------------------------------------------------------ SFS Turbo jobs

interface SfsTurboSubJobView {
  /** The job's id. */
  id: string | null;
  /** What it does, such as `bind_ldap`. */
  type: string | null;
  /** When it started, in epoch milliseconds. */
  startedAt: number | null;
}

/** The state of a job, with what goes with it. */
type SfsTurboJobState =
  | { state: 'waiting' | 'running' | UnknownWord; error: Failure | null; endedAt: null }
  | { state: 'success'; error: Failure | null; endedAt: number | null }
  | { state: 'failed'; error: Failure; endedAt: number | null };

/** What has become of a part of a job. Narrow it by `state`. */
export type SfsTurboSubJob = SfsTurboSubJobView & SfsTurboJobState;

interface SfsTurboJobView extends SfsTurboSubJobView {
  id: string;
  /** The jobs it is made of, which have none of their own. */
  subJobs: SfsTurboSubJob[];
  /** The service's id of the request, to quote to its support. */
  requestId: string | null;
  /** The body as it came, as text. */
  raw: string;
}

/** The answer of `sfsTurbo.job`. Narrow it by `state`. `endedAt` is there only when the state is final. */
export type SfsTurboJob = SfsTurboJobView & SfsTurboJobState;

// ------------------------------------------------------------------------------------------------ key pairs

/** How to log in to a server. */
export interface KeypairAuth {
  /** What `key` is: a password, or the private key of a key pair. */
  type: 'password' | 'keypair';
  /** The password or the private key. It is sent to the service and shown nowhere. */
  key: string;
}

/** A server that loses its key pair. */
export interface DisassociatedServer {
  /** The server's id. */
  id: string;
  /** How to log in now. With it, the key pair is replaced; without it, reset. */
  auth?: KeypairAuth | undefined;
}

/** A server that gets a key pair. */
export interface AssociatedServer {
  /** The server's id. */
  id: string;
  /** How to log in now. */
  auth?: KeypairAuth | undefined;
  /** Whether logging in with a password is switched off. */
  disablePassword?: boolean | undefined;
  /** The SSH port, from 1 to 65535. */
  port?: number | undefined;
}

interface KeypairDispatchView {
  /** What `taskId` is the id of. */
  kind: 'kps.task';
  /** The server's id. */
  serverId: string | null;
  /** The body as it came, as text. */
  raw: string;
}

/** The task was dispatched, which the service calls `SUCCESS`: it has begun at best. */
export interface KeypairDispatched extends KeypairDispatchView {
  state: 'dispatched';
  /** The task's id, to ask `kps.task` about. */
  taskId: string;
  error: Failure | null;
}

/** The task was not dispatched; `error` says why. */
export interface KeypairNotDispatched extends KeypairDispatchView {
  state: 'failed';
  taskId: string | null;
  error: Failure;
}

/** The service used a word that this version does not know. It is neither a success nor a failure. */
export interface KeypairInUnknownState extends KeypairDispatchView {
  state: UnknownWord;
  taskId: string | null;
  error: Failure | null;
}

/** The answer of `kps.associate` and `kps.disassociate`. Narrow it by `state`. */
export type KeypairDispatch = KeypairDispatched | KeypairNotDispatched | KeypairInUnknownState;

/** The answer of `kps.task`. */
export interface KeypairTask {
  /** The task's id. */
  taskId: string;
  /** The server's id. */
  serverId: string | null;
  /** The service's word, such as `RUNNING_RESET`; in upper case when both of its halves are known. */
  status: string;
  /** How far it is: the first half of the word. `null` when this version does not know it. */
  phase: 'ready' | 'running' | 'failed' | 'success' | null;
  /** What it does: the second half of the word. `null` when this version does not know it. */
  operation: 'reset' | 'replace' | 'unbind' | 'bind' | null;
  /** The body as it came, as text. */
  raw: string;
}

// ------------------------------------------------------------------------------------------------ render tasks

/** Which render tasks to list. */
export interface RenderTaskFilter {
  /** Running ones, or those that have ended. */
  status?: 'active' | 'finish' | undefined;
  applicationId?: string | undefined;
  serverId?: string | undefined;
  deviceId?: string | undefined;
  /** How many at most, from 1 to 1000. */
  limit?: number | undefined;
  /** How many to leave out first, from 0. */
  offset?: number | undefined;
}

/** The answer of `cvr.renderTasks`. */
export interface RenderTasks {
  /** How many there are that match, on all pages. */
  count: number | null;
  /** Those of this page. */
  renderTasks: RenderTask[];
  /** The body as it came, as text. */
  raw: string;
}

/** One device's connection to a cloud server. */
export interface RenderTask {
  taskId: string | null;
  applicationId: string | null;
  /** The cloud server's id. */
  serverId: string | null;
  /** The id of the session that carries sound and picture; servers without sessions have none. */
  sessionId: string | null;
  deviceId: string | null;
  deviceBrand: string | null;
  deviceType: string | null;
  /** Who uses the application. */
  applicationUser: string | null;
  /** What the application was started with. */
  applicationLaunchArgs: string | null;
  /** The protocol that the device and the server speak. */
  protocolType: string | null;
  /** The regions or the edge sites. */
  location: string[];
  /** The resolution of the picture. */
  resolution: string | null;
  /** The kind of address of the server that the device was given. */
  gpuIpType: string | null;
  status: 'active' | 'finish' | UnknownWord | null;
  /** When it started, in epoch milliseconds. */
  startedAt: number | null;
  /** When it ended, in epoch milliseconds. */
  finishedAt: number | null;
  /** Why it ended. */
  finishReason:
    | 'cancel'
    | 'normal'
    | 'error'
    | 'server_deleted'
    | 'application_start_failed'
    | 'device_changed'
    | UnknownWord
    | null;
}

// ------------------------------------------------------------------------------------------------ tokens

/** Identity and Access Management (IAM). */
export interface Iam {
  /**
   * A token for a user's password. Official name: `KeystoneCreateUserTokenByPassword`. Sent without the client's own token.
   *
   * @throws {TasksError} one of its subclasses, or the signal's reason; none of them holds the password
   * @example
   * const { token, expiresAt } = await cloud.iam.token({ user, password, domain });
   */
  token(request: TokenRequest, options?: CallOptions): Promise<IamToken>;
}

/** Who asks for a token, and for what. */
export interface TokenRequest {
  /** The user's name. */
  user: string;
  /** The user's password. It is in no error and no log. */
  password: string;
  /** The name of the account that the user belongs to. */
  domain: string;
  /** The project's name, such as `cn-north-4`. @defaultValue the client's `projectId` */
  project?: string;
}

/** A token, valid for 24 hours. */
export interface IamToken {
  /** What to send as `X-Auth-Token`. */
  token: string;
  /** When it ends, in epoch milliseconds. */
  expiresAt: number | null;
  /** When it was given, in epoch milliseconds. */
  issuedAt: number | null;
}

/** Where `passwordToken` asks, and for whom. */
export type PasswordTokenOptions = TokenRequest &
  Pick<CommonOptions, 'allowInsecure' | 'fetch' | 'timeoutMs'> &
  (InRegion | AtEndpoint) & {
    /** The project's id, when `project` is not given. */
    projectId?: string;
  };

/**
 * A token function for `createClient` that asks IAM for a token with a user's password, keeps it while it is valid, and
 * asks for another when a service refuses it as expired. Calls that need one at once share one request.
 *
 * @throws {ConfigError} an unknown option, a wrong type or a missing field, named in `field`
 * @example
 * const token = passwordToken({ region, user, password, domain, project: region });
 * const cloud = createClient({ region, projectId, token });
 */
export function passwordToken(options: PasswordTokenOptions): (context?: TokenContext) => Promise<string>;

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
