/** The decoder of async tasks and nothing else: a smaller module of its own, without calls and without waiting. */
export { ConfigError, decodeAsyncTask, DecodeError, init, isTasksError, TasksError } from '../index.cjs';
export type {
  AnyBody,
  AsyncTask,
  ExportedDocument,
  ExportTask,
  FailedTask,
  Failure,
  IgnoredApi,
  ImportedApi,
  ImportedDocument,
  ImportReport,
  ImportTask,
  InitOptions,
  PendingTask,
  RefusedApi,
  TaskInUnknownStatus,
  TaskOfUnknownType,
  UnknownWord,
} from '../index.cjs';
