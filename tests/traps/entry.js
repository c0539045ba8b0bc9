// The entry of the package that has exports that trap: all that there is, and these through the guard.
import * as glue from '#glue';
import { call, callNow } from '../../pkg-template/facade/call.js';

export * from '../../pkg-template/entry/index.js';

const now =
  (run) =>
  (...args) =>
    callNow(run, ...args);
const later =
  (run, isWrite) =>
  (...args) =>
    call(() => run(...args), isWrite);

export const trap = now(glue.trap);
export const memoryBytes = now(glue.memoryBytes);
export const trapAfter = later(glue.trapAfter);
export const trapAfterWrite = later(glue.trapAfter, true);
export const callBack = later(glue.callBack);
