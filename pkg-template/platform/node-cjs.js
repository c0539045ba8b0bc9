import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Reads the module's file, next to this one. */
export const readNow = () => readFileSync(join(__dirname, 'huaweicloud_tasks_bg.wasm'));

export const load = async () => readNow();

export const keepsSecrets = true;

export { readFile };
