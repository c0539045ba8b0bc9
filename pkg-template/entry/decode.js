// @ts-check
export * from '../facade/decode.js';
export { ConfigError, DecodeError, isTasksError, TasksError } from '../facade/errors.js';
export { init } from '../facade/instance.js';
