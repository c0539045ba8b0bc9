import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

// Not `new URL('./…wasm', import.meta.url)`: bundlers for servers rewrite that form into an address of their own.
/** Reads the module's file, next to this one. */
export const readNow = () =>
  readFileSync(join(dirname(fileURLToPath(import.meta.url)), 'huaweicloud_tasks_bg.wasm'));

export const load = async () => readNow();

export const keepsSecrets = true;

export { readFile };
