import './main.js';

const [endpoint, body] = process.argv.slice(2);
console.log(JSON.stringify(await globalThis.ask(endpoint, body)));
