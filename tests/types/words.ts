// The words and the names that the types know against those of the Rust side, which tests/types.rs holds to be these.
import type {
  AssociatedServer,
  AssociateRequest,
  AsyncTask,
  CallOptions,
  DisassociatedServer,
  DisassociateRequest,
  ErrorKind,
  ExportedDocument,
  ExportOptions,
  GatewayProgress,
  ImportedApi,
  ImportOptions,
  KeypairAuth,
  KeypairDispatch,
  KeypairTask,
  OperationPart,
  OperationState,
  OperationView,
  RenderTask,
  RenderTaskFilter,
  RomaInstanceProgress,
  RomaItem,
  SfsTurboJob,
  SfsTurboSubJob,
  TokenRequest,
  UnknownWord,
} from 'huaweicloud-tasks';

/** By the names that the Rust side gives them: enums, tables, and calls with what they take and what may be said there. */
interface InRust {
  GatewayState: 'creating' | 'success' | 'failed';
  TaskType: 'import_api' | 'export_api';
  TaskStatus: 'waiting' | 'processing' | 'succeed' | 'failed';
  ACTIONS: 'create' | 'update';
  FileType: 'json' | 'yaml' | 'yml';
  RomaState: 'creating' | 'success' | 'failed';
  JobState: 'waiting' | 'running' | 'success' | 'failed';
  DispatchState: 'dispatched' | 'failed';
  Phase: 'ready' | 'running' | 'failed' | 'success';
  Operation: 'reset' | 'replace' | 'unbind' | 'bind';
  Status: 'active' | 'finish';
  FINISH_REASONS: 'cancel' | 'normal' | 'error' | 'server_deleted' | 'application_start_failed' | 'device_changed';
  State: 'waiting' | 'running' | 'succeeded' | 'partial' | 'failed' | 'cancelled' | 'steady' | 'unknown';
  ErrorKind:
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
    | 'decode';
  'apig.importApis': 'isCreateGroup' | 'groupId' | 'extendMode' | 'simpleMode' | 'mockMode' | 'apiMode' | 'fileName';
  'apig.importApis extendMode': 'merge' | 'override';
  'apig.importApis apiMode': 'merge' | 'override';
  'apig.exportApis': 'oasVersion' | 'envId' | 'groupId' | 'define' | 'type' | 'version' | 'apis';
  'apig.exportApis oasVersion': '2.0' | '3.0';
  'apig.exportApis define': 'spec' | 'proxy' | 'all' | 'dev';
  'apig.exportApis type': 'json' | 'yaml' | 'yml';
  'kps.associate':
    | 'keypairName'
    | 'server'
    | 'server.id'
    | 'server.auth'
    | 'server.auth.type'
    | 'server.auth.key'
    | 'server.disablePassword'
    | 'server.port';
  'kps.associate server.auth.type': 'password' | 'keypair';
  'kps.disassociate': 'server' | 'server.id' | 'server.auth' | 'server.auth.type' | 'server.auth.key';
  'kps.disassociate server.auth.type': 'password' | 'keypair';
  'cvr.renderTasks': 'status' | 'applicationId' | 'serverId' | 'deviceId' | 'limit' | 'offset';
  'cvr.renderTasks status': 'active' | 'finish';
  'iam.token': 'user' | 'password' | 'domain' | 'project';
}

/** The same by the types of the package. What two of them say is written as both. */
interface InTypes {
  GatewayState: Known<GatewayProgress['state']>;
  TaskType: Known<AsyncTask['type']>;
  TaskStatus: Known<AsyncTask['status']>;
  ACTIONS: Known<ImportedApi['action']>;
  FileType: Known<ExportedDocument['fileType']>;
  RomaState: Both<Known<RomaInstanceProgress['state']>, Known<RomaItem['state']>>;
  JobState: Both<Known<SfsTurboJob['state']>, Known<SfsTurboSubJob['state']>>;
  DispatchState: Known<KeypairDispatch['state']>;
  Phase: Known<KeypairTask['phase']>;
  Operation: Known<KeypairTask['operation']>;
  Status: Known<RenderTask['status']>;
  FINISH_REASONS: Known<RenderTask['finishReason']>;
  State: Both<OperationState, OperationView['state'], OperationPart['state']>;
  // The others are made in JavaScript.
  ErrorKind: Exclude<ErrorKind, 'operationFailed' | 'waitTimeout' | 'internal'>;
  'apig.importApis': Exclude<keyof ImportOptions, keyof CallOptions>;
  'apig.importApis extendMode': Given<ImportOptions['extendMode']>;
  'apig.importApis apiMode': Given<ImportOptions['apiMode']>;
  'apig.exportApis': Exclude<keyof ExportOptions, keyof CallOptions>;
  'apig.exportApis oasVersion': Given<ExportOptions['oasVersion']>;
  'apig.exportApis define': Given<ExportOptions['define']>;
  'apig.exportApis type': Given<ExportOptions['type']>;
  'kps.associate': keyof AssociateRequest | `server.${keyof AssociatedServer}` | `server.auth.${keyof KeypairAuth}`;
  'kps.associate server.auth.type': KeypairAuth['type'];
  'kps.disassociate':
    | keyof DisassociateRequest
    | `server.${keyof DisassociatedServer}`
    | `server.auth.${keyof KeypairAuth}`;
  'kps.disassociate server.auth.type': KeypairAuth['type'];
  'cvr.renderTasks': keyof RenderTaskFilter;
  'cvr.renderTasks status': Given<RenderTaskFilter['status']>;
  'iam.token': keyof TokenRequest;
}

type Known<Word> = Exclude<Word, UnknownWord | null>;
type Given<Word> = Exclude<Word, undefined>;
type Difference<A, B> = Exclude<A, B> | Exclude<B, A>;
/** One of several unions that are to be the same; the word `differs` when they are not. */
type Both<A, B = A, C = A> = [Difference<A, B> | Difference<A, C>] extends [never] ? A : 'differs';

type DifferentWords = { [Name in keyof InRust & keyof InTypes]: Difference<InRust[Name], InTypes[Name]> };

export const differentNames: never[] = [] as Difference<keyof InRust, keyof InTypes>[];
export const differentWords: never[] = [] as DifferentWords[keyof DifferentWords][];
