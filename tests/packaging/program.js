// A program: asks, and writes the answer.
import { ask } from './ask.js';

const [endpoint, body] = process.argv.slice(2);
console.log(JSON.stringify(await ask(endpoint, body)));
