// @ts-check
// What the classes for text are to the module's own code, which makes one of each as it is imported. Where they are
// missing, as in Jest's jsdom, that is to be told when the module is loaded.

class Missing {
  /** @param {Uint8Array} [bytes] */
  decode(bytes) {
    if (bytes !== undefined) throw new Error('there is no TextDecoder');
  }
}

/** `any`: of one that is missing, nothing else is called. @type {any} */
const missing = Missing;

/** @type {typeof globalThis.TextDecoder} */
export const TextDecoder = globalThis.TextDecoder ?? missing;

/** @type {typeof globalThis.TextEncoder} */
export const TextEncoder = globalThis.TextEncoder ?? missing;
