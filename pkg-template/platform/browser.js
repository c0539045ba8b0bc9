// @ts-check
import { inlined } from './inlined.js';

/** Gives the module without waiting, where that can be done. */
export const readNow = null;

/** Where the module may come from: the next one is tried when one fails. Bundlers know the form of the first. */
export const sources = [() => fetch(new URL(`./${WASM_FILE}`, import.meta.url)), inlined];

/** Whether it is no page: a secret key may be kept. */
export const isServer = false;

/** Reads a file by its path. */
export const readFile = null;

export { compile } from './compile.js';
