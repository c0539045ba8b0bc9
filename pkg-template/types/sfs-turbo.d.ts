import type { AnyBody } from './body.js';
import type { CallOptions } from './client.js';
import type { Failure, UnknownWord } from './words.js';

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

/**
 * Decodes an SFS Turbo job that you already have, without network. Official name: `ShowJobDetail`.
 *
 * `requestId` is `null`: it comes in a header.
 *
 * Synchronous, and ready when `decodeAsyncTask` is.
 *
 * @param body the body as bytes or text, of 256 MiB at most, or the object it was parsed into
 * @throws {DecodeError} when it is another body; `path` says where, `expected` says what
 * @throws {ConfigError} when it is no body at all, or the module is not ready yet
 * @example
 * const { state, error } = decodeSfsTurboJob(text);
 */
export function decodeSfsTurboJob(body: AnyBody): SfsTurboJob;
