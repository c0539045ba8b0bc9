// ESM that is bundled into CommonJS, where there is no import.meta and no top-level await.
import { ask } from './ask.js';

const [endpoint, body] = process.argv.slice(2);
ask(endpoint, body).then((answer) => console.log(JSON.stringify(answer)));
