import type { AnyBody } from './body.js';
import type { CallOptions } from './client.js';
import type { UnknownWord } from './words.js';

/** Cloud VR (CVR). */
export interface Cvr {
  /**
   * The render tasks, a page of them. The service's page gives the call no official name.
   *
   * @param filter which ones; all when it is left out
   * @throws {TasksError} one of its subclasses, or the signal's reason
   * @example
   * const { count, renderTasks } = await cloud.cvr.renderTasks({ status: 'active', limit: 100 });
   */
  renderTasks(filter?: RenderTaskFilter, options?: CallOptions): Promise<RenderTasks>;

  /**
   * The render tasks, page after page: it ends by itself after the last one.
   *
   * @param filter which ones; `limit` is the size of a page, `offset` where to begin
   * @throws {TasksError} one of its subclasses, or the signal's reason
   * @example
   * for await (const { renderTasks } of cloud.cvr.renderTaskPages({ status: 'active' })) console.table(renderTasks);
   */
  renderTaskPages(filter?: RenderTaskFilter, options?: CallOptions): AsyncGenerator<RenderTasks, void, undefined>;
}

/** Which render tasks to list. */
export interface RenderTaskFilter {
  /** Running ones, or those that have ended. */
  status?: 'active' | 'finish' | undefined;
  /** Of one application, by its id. */
  applicationId?: string | undefined;
  /** On one cloud server, by its id. */
  serverId?: string | undefined;
  /** Of one device, by its id. */
  deviceId?: string | undefined;
  /** How many at most, from 1 to 1000. @defaultValue the service's own */
  limit?: number | undefined;
  /** How many to leave out first, from 0. The service's list of codes says that it ends at 1000. @defaultValue 0 */
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
  /** The task's id. */
  taskId: string | null;
  /** The application's id. */
  applicationId: string | null;
  /** The cloud server's id. */
  serverId: string | null;
  /** The id of the session that carries sound and picture; servers without sessions have none. */
  sessionId: string | null;
  /** The device's id. */
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
  /** Whether it runs or has ended. */
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

/**
 * Decodes a page of render tasks that you already have, without network. The service's page gives the call no
 * official name.
 *
 * A list that is left out is an empty page, also in the body of an error: `recognise` tells them apart.
 *
 * Synchronous, and ready when `decodeAsyncTask` is.
 *
 * @param body the body as bytes or text, of 256 MiB at most, or the object it was parsed into
 * @throws {DecodeError} when it is another body; `path` says where, `expected` says what
 * @throws {ConfigError} when it is no body at all, or the module is not ready yet
 * @example
 * console.table(decodeRenderTasks(text).renderTasks);
 */
export function decodeRenderTasks(body: AnyBody): RenderTasks;
