// For runtimes that compile no WebAssembly while they run: Cloudflare's workerd, Vercel's edge.
import module from '#wasm';

export const readNow = () => module;

export const sources = [readNow];

export const readFile = null;

export { sign } from './signature.js';
