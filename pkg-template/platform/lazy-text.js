// @ts-check
// What the classes for text are to the module's own code, which makes one of each as it is imported. Nothing is to happen then,
// and where they are missing, as in Jest's jsdom, it is to be told when the module is loaded.

export class TextDecoder {
  /** @type {globalThis.TextDecoder | undefined} */
  #decoder;
  #given;

  /** @param {ConstructorParameters<typeof globalThis.TextDecoder>} given */
  constructor(...given) {
    this.#given = given;
  }

  /** @param {Uint8Array<ArrayBuffer>} [bytes] */
  decode(bytes) {
    if (bytes === undefined) return '';
    this.#decoder ??= new globalThis.TextDecoder(...this.#given);
    return this.#decoder.decode(bytes);
  }
}

export class TextEncoder {
  /** @type {globalThis.TextEncoder | undefined} */
  #encoder;

  /** @param {string} text */
  encode(text) {
    this.#encoder ??= new globalThis.TextEncoder();
    return this.#encoder.encode(text);
  }

  /** @param {string} text @param {Uint8Array<ArrayBuffer>} into */
  encodeInto(text, into) {
    this.#encoder ??= new globalThis.TextEncoder();
    return this.#encoder.encodeInto(text, into);
  }
}
