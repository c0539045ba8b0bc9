// @ts-check
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inlined } from './inlined.js';

export const readNow = () => readFileSync(join(__dirname, WASM_FILE));

export const sources = [readNow, inlined];

export { readFile };

/** Whether it is no page: a secret key may be kept. */
export const isServer = true;

export { compile } from './compile.js';
