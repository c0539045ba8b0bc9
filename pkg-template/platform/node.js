// @ts-check
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inlined } from './inlined.js';

// Not `new URL('./…wasm', import.meta.url)`: bundlers for servers rewrite that form into an address of their own.
export const readNow = () => readFileSync(join(dirname(fileURLToPath(import.meta.url)), WASM_FILE));

export const sources = [readNow, inlined];

export { readFile };

/** Whether it is no page: a secret key may be kept. */
export const isServer = true;

export { compile } from './compile.js';
