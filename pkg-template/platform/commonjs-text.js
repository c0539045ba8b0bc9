// @ts-check
// Node's own, for the CommonJS bundles: the globals are missing in Jest's jsdom, which these are loaded into.
export { TextDecoder, TextEncoder } from 'node:util';
