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
export const decoder = (decode) => (body) => {
  initNow();
  return callNow(decode, body);
};

/** @see index.d.ts */
export const decodeAsyncTask = decoder((body) => glue.decodeAsyncTask(body));
