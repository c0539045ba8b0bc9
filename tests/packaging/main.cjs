// The same as program.js, for `require`.
const { ask } = require('./ask.cjs');

const [endpoint, body] = process.argv.slice(2);
ask(endpoint, body).then((answer) => console.log(JSON.stringify(answer)));
