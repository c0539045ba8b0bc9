// @ts-check
import * as glue from '#glue';
import { callNow } from './guard.js';
import { initNow } from './instance.js';

/**
 * An export of the module that takes a body, as a function that loads the module first.
 *
 * @template T
 * @param {(body: any) => T} decode
 * @returns {(body: any) => T}
 */
const decoder = (decode) => (body) => {
  initNow();
  return callNow(decode, body);
};

/** @see index.d.ts, as for every function here. */
export const decodeAsyncTask = decoder((body) => glue.decodeAsyncTask(body));
export const decodeGatewayProgress = decoder((body) => glue.decodeGatewayProgress(body));
export const decodeRomaInstanceProgress = decoder((body) => glue.decodeRomaInstanceProgress(body));
export const decodeSfsTurboJob = decoder((body) => glue.decodeSfsTurboJob(body));
export const decodeKeypairTask = decoder((body) => glue.decodeKeypairTask(body));
export const decodeKeypairDispatch = decoder((body) => glue.decodeKeypairDispatch(body));
export const decodeStartedTask = decoder((body) => glue.decodeStartedTask(body));
export const decodeRenderTasks = decoder((body) => glue.decodeRenderTasks(body));
export const recognise = decoder((body) => glue.recognise(body));
