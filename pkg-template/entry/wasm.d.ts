/**
 * The module's file, for `init({ module })`: a compiled module, or its address, as the bundler has it.
 *
 * @example
 * import module from 'huaweicloud-tasks/wasm?url'; // Vite
 * await init({ module });
 */
declare const module: object | string;
export default module;
