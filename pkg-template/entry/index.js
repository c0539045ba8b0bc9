// @ts-check
export { createClient } from '../facade/client.js';
export { decodeAsyncTask } from '../facade/decode.js';
export * from '#decoders';
export { fileFromPath } from '../facade/file.js';
export { init } from '../facade/instance.js';
export { passwordToken } from '../facade/token.js';
export * from '../facade/errors.js';
