// @ts-check
// For runtimes that compile no WebAssembly while they run: Cloudflare's workerd, Vercel's edge.
import module from '#wasm';

// Next makes the module in another realm than where it runs the code, and the glue knows a module by its class.
export const readNow = () => Object.setPrototypeOf(module, WebAssembly.Module.prototype);

export const sources = [readNow];

/** Takes a module alone. Next refuses code that could compile one, called or not. */
export const compile = (source) => source;

export const readFile = null;

/** Whether it is no page: a secret key may be kept. */
export const isServer = true;
