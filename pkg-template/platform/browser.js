// @ts-check
import { inlined } from './inlined.js';

/** @import { Platform } from './types.js' */

/** @type {Platform['readNow']} */
export const readNow = null;

/** Bundlers know the form of the first. @type {Platform['sources']} */
export const sources = [() => fetch(new URL(`./${WASM_FILE}`, import.meta.url)), inlined];

/** @type {Platform['isServer']} */
export const isServer = false;

/** @type {Platform['readFile']} */
export const readFile = null;

export { compile } from './compile.js';
