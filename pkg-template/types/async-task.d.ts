import type { AnyBody } from './body.js';
import type { Failure, UnknownWord } from './words.js';

interface TaskView {
  /** The task's id. */
  id: string;
  /** The body as it came, as text. */
  raw: string;
}

/** The task waits or is being worked on. */
export interface PendingTask extends TaskView {
  /** What it does. */
  type: 'import_api' | 'export_api';
  status: 'waiting' | 'processing';
  /** Nothing yet. */
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
  /** The request method, such as `GET`. */
  method: string | null;
  /** The request path. */
  path: string | null;
  /** The service's code (`error_code`). */
  code: string | null;
  /** The service's message (`error_msg`). */
  message: string | null;
}

/** An API that was left out. */
export interface IgnoredApi {
  /** The request method, such as `GET`. */
  method: string | null;
  /** The request path. */
  path: string | null;
}

/** The imported document as a whole. */
export interface ImportedDocument {
  /** The document's id. */
  id: string | null;
  /** What the service says of it, such as `Success`. */
  result: string | null;
}

/**
 * The document that an export wrote. The table and the example of the service's page name its fields differently; both
 * are read.
 */
export interface ExportedDocument {
  /** The name as the service gave it (`FileName`). It may hold `:`. */
  fileName: string | null;
  /** The format without a dot, in lower case (`FileType` or `file_type`): the example's `.json` is `json`. */
  fileType: 'json' | 'yaml' | 'yml' | UnknownWord | null;
  /** The document's text (`Comment` or `content`). */
  content: string;
  /** The document itself when its text is a JSON object, `null` when it is YAML. It is parsed when it is first read. */
  document: OpenApiDocument | null;
  /** `fileName` with its extension, made fit for any file system. */
  safeFileName: string;
}

/** What an OpenAPI document says of itself. */
export interface OpenApiInfo {
  title?: string | undefined;
  version?: string | undefined;
  description?: string | undefined;
  [field: string]: unknown;
}

/** An OpenAPI 3 or Swagger 2.0 document, as it was parsed: its fields are not checked. */
export interface OpenApiDocument {
  /** `2.0` in a Swagger document. */
  swagger?: string | undefined;
  /** `3.0.x` in an OpenAPI document. */
  openapi?: string | undefined;
  info?: OpenApiInfo | undefined;
  /** Where the APIs are, in a Swagger document. */
  host?: string | undefined;
  /** The APIs, by path and by method. */
  paths?: { [path: string]: { [method: string]: unknown } } | undefined;
  [field: string]: unknown;
}

/**
 * Decodes the body of an APIG async task that you already have: the same decoding as `apig.asyncTask`, without network.
 * Official name of the call: `ShowAsyncTaskResult`.
 *
 * Synchronous. In Node it is ready at once; in a browser, once `init()` or the first call of a client has resolved.
 *
 * @param body the body as bytes or text, of 256 MiB at most, or the object it was parsed into
 * @throws {DecodeError} when it is not the body of an async task; `path` says where, `expected` says what
 * @throws {ConfigError} when it is no body at all, or the module is not ready yet
 * @example
 * const task = decodeAsyncTask(await response.text());
 * if (task.type === 'import_api' && task.status === 'succeed') console.table(task.result.failure);
 */
export function decodeAsyncTask(body: AnyBody): AsyncTask;
