import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inlined } from './inlined.js';

export const readNow = () => readFileSync(join(__dirname, WASM_FILE));

export const sources = [readNow, inlined];

export { readFile };

export { sign } from './signature.js';

export { compile } from './compile.js';
