/** A body that you already have: its bytes or its text, of 256 MiB at most, or the object that it was parsed into. */
export type AnyBody = string | Uint8Array | ArrayBuffer | object;

/**
 * The calls whose answers `recognise` knows. Calls with answers that are alike have one name: `apig.importApis` stands
 * for `apig.exportApis` too, and `kps.associate` for `kps.disassociate`.
 */
export type AnsweredCall =
  | 'apig.gatewayProgress'
  | 'apig.asyncTask'
  | 'apig.importApis'
  | 'roma.instanceProgress'
  | 'sfsTurbo.job'
  | 'kps.task'
  | 'kps.associate'
  | 'cvr.renderTasks';

/**
 * Tells which call a body is an answer to, by the client's name of the call; `null` for any other body, such as that of
 * an error, and for one that lacks the fields by which the answers differ.
 *
 * Synchronous, and ready when `decodeAsyncTask` is.
 *
 * @param body the body as bytes or text, of 256 MiB at most, or the object it was parsed into
 * @throws {DecodeError} when it is larger
 * @throws {ConfigError} when it is no body at all, or the module is not ready yet
 * @example
 * if (recognise(text) === 'sfsTurbo.job') console.log(decodeSfsTurboJob(text).state);
 */
export function recognise(body: AnyBody): AnsweredCall | null;
