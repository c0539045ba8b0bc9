/** The name of the module's file, which the build puts in. */
declare const WASM_FILE: string;

declare module '#bytes' {
  /** The module, compressed with gzip and written in base64. */
  const bytes: string;
  export default bytes;
}

declare module '#wasm' {
  const module: WebAssembly.Module;
  export default module;
}
