// @ts-check
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inlined } from './inlined.js';

/** @import { Platform } from './types.js' */

/** @type {Platform['readNow']} */
export const readNow = () => readFileSync(join(__dirname, WASM_FILE));

/** @type {Platform['sources']} */
export const sources = [readNow, inlined];

export { readFile };

/** @type {Platform['isServer']} */
export const isServer = true;

export { compile } from './compile.js';
