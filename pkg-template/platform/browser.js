/** Whether the module can be read without waiting. */
export const readNow = null;

/** The module's file, next to this one. */
export const load = () => fetch(new URL('./huaweicloud_tasks_bg.wasm', import.meta.url));

/** Whether a secret key may be kept here. */
export const keepsSecrets = false;

/** Reads a file by its path. */
export const readFile = null;
