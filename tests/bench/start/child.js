// One start: prints the milliseconds from before the import of a module until a body has been decoded with it.
import { readFileSync } from 'node:fs';

import { parsedTwiceFromBytes, touchReport, validatedBy } from '../shared/reading.js';

const [, , how, module, file] = process.argv;
const bytes = readFileSync(file);

const begin = performance.now();
const decode = {
  decode: async () => (await import(module)).decodeAsyncTask,
  zod: async () => validatedBy(await import(module)),
  parse: () => parsedTwiceFromBytes,
};
const used = touchReport((await decode[how]())(bytes));
const time = performance.now() - begin;
if (!(used > 0)) throw new Error('nothing was decoded');
console.log(time);
