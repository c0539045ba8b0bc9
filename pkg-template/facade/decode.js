// @ts-check
import * as glue from '#glue';
import { callNow } from './call.js';

/** @import { AnyBody } from 'huaweicloud-tasks' */

/**
 * An export of the module that takes a body, as a function that loads the module first.
 *
 * @template T
 * @param {(body: AnyBody) => T} decode
 * @returns {(body: AnyBody) => T}
 */
export const decoder = (decode) => (body) => callNow(decode, body);

/** @see index.d.ts */
export const decodeAsyncTask = decoder((body) => glue.decodeAsyncTask(body));
