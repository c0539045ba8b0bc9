// @ts-check
import bytes from '#bytes';
import { inflate } from './inlined.js';

export const readNow = null;

export const sources = [() => inflate(bytes)];

// The same file serves a page, and a program for Node or the like that is bundled into one.
export const isServer = globalThis.process?.versions?.node !== undefined;

export const readFile = null;

export { compile } from './compile.js';
