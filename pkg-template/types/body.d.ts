import type { AnsweredCall } from './registry.js';

/** A body that you already have: its bytes or its text, of 256 MiB at most, or the object that it was parsed into. */
export type AnyBody = string | Uint8Array | ArrayBuffer | object;

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
