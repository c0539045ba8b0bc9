// @ts-check
import bytes from '#bytes';
import { inflate } from './inlined.js';

/** @import { Platform } from './types.js' */

/** @type {Platform['readNow']} */
export const readNow = null;

/** @type {Platform['sources']} */
export const sources = [() => inflate(bytes)];

/**
 * The same file serves a page, and a program for Node or the like that is bundled into one.
 *
 * @type {Platform['isServer']}
 */
export const isServer = globalThis.process?.versions?.node !== undefined;

/** @type {Platform['readFile']} */
export const readFile = null;

export { compile } from './compile.js';
