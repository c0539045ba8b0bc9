// @ts-check
// For runtimes that compile no WebAssembly while they run: Cloudflare's workerd, Vercel's edge.
import module from '#wasm';

/** @import { Platform } from './types.js' */

/**
 * Next makes the module in another realm than where it runs the code, and the glue knows a module by its class.
 *
 * @type {Platform['readNow']}
 */
export const readNow = () => Object.setPrototypeOf(module, WebAssembly.Module.prototype);

/** @type {Platform['sources']} */
export const sources = [readNow];

/** Takes a module alone. Next refuses code that could compile one, called or not. @type {Platform['compile']} */
export const compile = (source) => source;

/** @type {Platform['readFile']} */
export const readFile = null;

/** @type {Platform['isServer']} */
export const isServer = true;
