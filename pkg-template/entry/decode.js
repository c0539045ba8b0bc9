// @ts-check
export { decodeAsyncTask } from '../facade/decode.js';
export { ConfigError, DecodeError, isTasksError, TasksError } from '../facade/errors.js';
export { init } from '../facade/instance.js';
