// @ts-check
// What `queueMicrotask` is to the module's own code: see the guard.
export { schedule as queueMicrotask } from '../facade/guard.js';
