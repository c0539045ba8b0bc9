// @ts-check
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inlined } from './inlined.js';

/** @import { Platform } from './types.js' */

/**
 * Not `new URL('./…wasm', import.meta.url)`: bundlers for servers rewrite that form into an address of their own.
 *
 * @type {Platform['readNow']}
 */
export const readNow = () => readFileSync(join(dirname(fileURLToPath(import.meta.url)), WASM_FILE));

/** @type {Platform['sources']} */
export const sources = [readNow, inlined];

export { readFile };

/** @type {Platform['isServer']} */
export const isServer = true;

export { compile } from './compile.js';
