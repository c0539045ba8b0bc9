import bytes from '#bytes';
import { inflate } from './inlined.js';
import { sign as signed } from './signature.js';

export const readNow = null;

export const sources = [() => inflate(bytes)];

// The same file serves a page, and a program for Node or the like that is bundled into one.
export const sign = globalThis.process?.versions?.node ? signed : null;

export const readFile = null;

export { compile } from './compile.js';
