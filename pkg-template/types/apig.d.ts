import type { AsyncTask } from './async-task.js';
import type { AnyBody } from './body.js';
import type { CallOptions } from './client.js';
import type { Operation } from './operation.js';
import type { Failure, UnknownWord } from './words.js';

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
   * What has become of an asynchronous import or export, its nested result decoded. Official name:
   * `ShowAsyncTaskResult`.
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
   * Starts the import of an OpenAPI document (JSON or YAML, at most 300 APIs). Official name:
   * `ImportApiDefinitionsAsync`. Never made again by itself.
   *
   * @param instanceId the gateway's id
   * @param file the document: its text, its bytes, a `Blob` or `File`, or what `fileFromPath` gives
   * @param options how to import; a new API group is made when nothing is said
   * @throws {TasksError} one of its subclasses, or the signal's reason; `explain` has words for 3127 and 3600–3609
   * @example
   * const operation = await cloud.apig.importApis(instanceId, file, { isCreateGroup: false, groupId });
   * const { detail } = await operation.result();
   */
  importApis(instanceId: string, file: ImportFile, options?: ImportOptions): Promise<StartedTask>;

  /**
   * Starts the export of APIs as an OpenAPI document. Official name: `ExportApiDefinitionsAsync`. Never made again by
   * itself.
   *
   * @param instanceId the gateway's id
   * @param options what to export, and how; `envId` and `groupId` are needed
   * @throws {TasksError} one of its subclasses, or the signal's reason
   * @example
   * const operation = await cloud.apig.exportApis(instanceId, { envId, groupId, oasVersion: '3.0', type: 'yaml' });
   * const { detail } = await operation.result();
   */
  exportApis(instanceId: string, options: ExportOptions): Promise<StartedTask>;
}

/** What can be imported. */
export type ImportFile =
  | string
  | Uint8Array
  | ArrayBuffer
  | NamedBytes
  | { arrayBuffer(): PromiseLike<ArrayBuffer>; readonly name?: string | undefined };

/** A file's bytes and its name. */
export interface NamedBytes {
  readonly bytes: Uint8Array;
  /** Without its folders, such as `apis.yaml`. */
  readonly name: string;
}

/** How to import. */
export interface ImportOptions extends CallOptions {
  /** Whether to make a new API group. @defaultValue true */
  isCreateGroup?: boolean | undefined;
  /** The group to import into; needed when `isCreateGroup` is `false`. */
  groupId?: string | undefined;
  /**
   * What wins where extended information is there already: what is there (`merge`) or what comes.
   * @defaultValue 'merge'
   */
  extendMode?: 'merge' | 'override' | undefined;
  /** Whether to import in simple mode. @defaultValue false */
  simpleMode?: boolean | undefined;
  /** Whether to give the APIs a mock backend. @defaultValue false */
  mockMode?: boolean | undefined;
  /** What wins where an API is there already: what is there (`merge`) or what comes. @defaultValue 'merge' */
  apiMode?: 'merge' | 'override' | undefined;
  /** The file's name. @defaultValue the file's own, else `apis.json` or `apis.yaml` */
  fileName?: string | undefined;
}

/** What to export, and how. */
export interface ExportOptions extends CallOptions {
  /** The environment that the APIs are published in. */
  envId: string;
  /** The API group. */
  groupId: string;
  /** The version of the OpenAPI specification. @defaultValue '2.0' */
  oasVersion?: '2.0' | '3.0' | undefined;
  /**
   * How much to export: the specification, with backends (`proxy`), everything (`all`), or for development.
   * @defaultValue 'spec'
   */
  define?: 'spec' | 'proxy' | 'all' | 'dev' | undefined;
  /** The format. @defaultValue 'json' */
  type?: 'json' | 'yaml' | 'yml' | undefined;
  /** The version to write into the document. @defaultValue the time of the export */
  version?: string | undefined;
  /** The ids of the APIs to export. @defaultValue all of the group */
  apis?: string[] | undefined;
}

/** An import or export that was started, to watch or to wait for. */
export interface StartedTask extends Operation<'apig.task'> {
  /** The gateway's id. */
  instanceId: string;
  /** The task's id. */
  taskId: string;
  /** The body as it came, as text. */
  raw: string;
}

/** What the answer to an import or an export says. It does not name the gateway, so there is nothing to watch yet. */
export interface DecodedStartedTask {
  /** What `taskId` is the id of. */
  kind: 'apig.task';
  /** The task's id. */
  taskId: string;
  /** The body as it came, as text. */
  raw: string;
}

/**
 * Reads a file to import. On Node only.
 *
 * @param path where it is, as for `node:fs`; the last part becomes its name
 * @throws {ConfigError} where there are no paths
 * @throws the error of `node:fs`, such as one with the code `ENOENT`
 * @example
 * await cloud.apig.importApis(instanceId, await fileFromPath('apis.yaml'));
 */
export function fileFromPath(path: string): Promise<NamedBytes>;

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
  /** What went wrong so far, if the service says so. */
  error: Failure | null;
  /** Always `null`: the service fills `end_time` in before the end, so it is passed on only when the state is final. */
  endedAt: null;
}

/** The gateway is there. */
export interface GatewayCreated extends GatewayView {
  state: 'success';
  /** What went wrong all the same, if the service says so. */
  error: Failure | null;
  /** When the creation ended, in epoch milliseconds. */
  endedAt: number | null;
}

/** The gateway could not be created; `error` says why. */
export interface GatewayFailed extends GatewayView {
  state: 'failed';
  /** Why; its code and message are `null` when the service gave none. */
  error: Failure;
  /** When the creation ended, in epoch milliseconds. */
  endedAt: number | null;
}

/** The service used a word for the state that this version does not know. It is neither a success nor a failure. */
export interface GatewayInUnknownState extends GatewayView {
  /** The word as it came. */
  state: UnknownWord;
  error: Failure | null;
  /** Always `null`: nobody knows whether it is the end. */
  endedAt: null;
}

/** The answer of `apig.gatewayProgress`. Narrow it by `state`. */
export type GatewayProgress = GatewayCreating | GatewayCreated | GatewayFailed | GatewayInUnknownState;

/**
 * Decodes the progress of a dedicated gateway's creation that you already have, without network. Official name:
 * `ShowDetailsOfInstanceProgressV2`.
 *
 * Synchronous, and ready when `decodeAsyncTask` is.
 *
 * @param body the body as bytes or text, of 256 MiB at most, or the object it was parsed into
 * @throws {DecodeError} when it is another body; `path` says where, `expected` says what
 * @throws {ConfigError} when it is no body at all, or the module is not ready yet
 * @example
 * if (decodeGatewayProgress(text).state === 'success') console.log('the gateway is there');
 */
export function decodeGatewayProgress(body: AnyBody): GatewayProgress;

/**
 * Decodes the answer to an import or an export that you already have, without network. Official name:
 * `ImportApiDefinitionsAsync`, `ExportApiDefinitionsAsync`.
 *
 * Synchronous, and ready when `decodeAsyncTask` is.
 *
 * @param body the body as bytes or text, of 256 MiB at most, or the object it was parsed into
 * @throws {DecodeError} when it is another body; `path` says where, `expected` says what
 * @throws {ConfigError} when it is no body at all, or the module is not ready yet
 * @example
 * const operation = cloud.watch({ kind: 'apig.task', instanceId, taskId: decodeStartedTask(text).taskId });
 */
export function decodeStartedTask(body: AnyBody): DecodedStartedTask;
