import type { AnyBody } from './body.js';
import type { CallOptions } from './client.js';
import type { Operation } from './operation.js';
import type { Failure, UnknownWord } from './words.js';

/** Key Pair Service (KPS). */
export interface Kps {
  /**
   * What has become of a task that binds, replaces, resets or unbinds a key pair. Official name: `ListKeypairTask`.
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
   * @param request the key pair and the server
   * @throws {TasksError} one of its subclasses, or the signal's reason; the key is never part of it
   * @example
   * const started = await cloud.kps.associate({ keypairName, server: { id: serverId, disablePassword: true } });
   * if (started.state === 'dispatched') await started.result();
   */
  associate(request: AssociateRequest, options?: CallOptions): Promise<KeypairDispatch>;

  /**
   * Unbinds a server's key pair: with `server.auth` it is replaced, without it is reset. Official name:
   * `DisassociateKeypair`. Never sent twice by itself.
   *
   * The answer says whether the task was dispatched; `kps.task` says how it ends.
   *
   * @param request the server
   * @throws {TasksError} one of its subclasses, or the signal's reason; the key is never part of it
   * @example
   * const started = await cloud.kps.disassociate({ server: { id: serverId } });
   * if (started.state === 'failed') console.error(started.error.code, started.error.message);
   */
  disassociate(request: DisassociateRequest, options?: CallOptions): Promise<KeypairDispatch>;
}

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
  /** Whether to switch off logging in with a password. */
  disablePassword?: boolean | undefined;
  /** The SSH port, from 1 to 65535. */
  port?: number | undefined;
}

/** What `kps.associate` does. */
export interface AssociateRequest {
  /** The key pair's name. */
  keypairName: string;
  /** The server that gets it. */
  server: AssociatedServer;
}

/** What `kps.disassociate` does. */
export interface DisassociateRequest {
  /** The server that loses its key pair. */
  server: DisassociatedServer;
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
export interface DecodedKeypairDispatched extends KeypairDispatchView {
  state: 'dispatched';
  /** The task's id, to ask `kps.task` about. */
  taskId: string;
  /** What the service complains of all the same, if anything. */
  error: Failure | null;
}

/** The same, to watch or to wait for. */
export interface KeypairDispatched extends DecodedKeypairDispatched, Operation<'kps.task'> {
  kind: 'kps.task';
  taskId: string;
}

/** The task was not dispatched; `error` says why. */
export interface KeypairNotDispatched extends KeypairDispatchView {
  state: 'failed';
  taskId: string | null;
  /** Why; its code and message are `null` when the service gave none. */
  error: Failure;
}

/** The service used a word that this version does not know. It is neither a success nor a failure. */
export interface KeypairInUnknownState extends KeypairDispatchView {
  /** The word as it came. */
  state: UnknownWord;
  taskId: string | null;
  error: Failure | null;
}

/** The answer of `kps.associate` and `kps.disassociate`. Narrow it by `state`. */
export type KeypairDispatch = KeypairDispatched | KeypairNotDispatched | KeypairInUnknownState;

/** What the answer to a change of a key pair says. Narrow it by `state`. */
export type DecodedKeypairDispatch = DecodedKeypairDispatched | KeypairNotDispatched | KeypairInUnknownState;

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

/**
 * Decodes a key pair task that you already have, without network. Official name: `ListKeypairTask`.
 *
 * Synchronous, and ready when `decodeAsyncTask` is.
 *
 * @param body the body as bytes or text, of 256 MiB at most, or the object it was parsed into
 * @throws {DecodeError} when it is another body; `path` says where, `expected` says what
 * @throws {ConfigError} when it is no body at all, or the module is not ready yet
 * @example
 * const { operation, phase } = decodeKeypairTask(text);
 */
export function decodeKeypairTask(body: AnyBody): KeypairTask;

/**
 * Decodes the answer to a change of a key pair that you already have, without network. Official name:
 * `AssociateKeypair`, `DisassociateKeypair`.
 *
 * Synchronous, and ready when `decodeAsyncTask` is.
 *
 * @param body the body as bytes or text, of 256 MiB at most, or the object it was parsed into
 * @throws {DecodeError} when it is another body; `path` says where, `expected` says what
 * @throws {ConfigError} when it is no body at all, or the module is not ready yet
 * @example
 * const { state, taskId } = decodeKeypairDispatch(text);
 */
export function decodeKeypairDispatch(body: AnyBody): DecodedKeypairDispatch;
