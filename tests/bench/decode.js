// How long the decoding of an import of 1,000 APIs takes, as a multiple of the two calls of `JSON.parse` that a caller
// without this package would make. Ratios of medians, taken in turn in one run.
import { decodeAsyncTask } from 'huaweicloud-tasks';

const ROWS = 1_000;
const ROUNDS = 300;

const methods = ['GET', 'POST', 'PUT', 'DELETE'];
const success = Array.from({ length: ROWS }, (_, index) => ({
  id: `${index.toString(16).padStart(8, '0')}6815f04896b301452982b922`,
  action: index % 3 ? 'create' : 'update',
  method: methods[index % methods.length],
  path: `/v1/orders/{order_id}/positions/${index}`,
}));
const text = JSON.stringify({
  task_id: 'd9ce8c9eede54b3f841ec324fe0bfdc2',
  task_status: 'succeed',
  task_type: 'import_api',
  task_result: JSON.stringify({
    group_id: '9100ae30705947cc9543d37cd7fb388c',
    success,
    failure: [],
    swagger: { id: 'de1852ab6c5e4090b0bd88a02058e650', result: 'Success' },
  }),
});
const bytes = new TextEncoder().encode(text);
const decoder = new TextDecoder();

const contestants = {
  'JSON.parse twice, from text': () => JSON.parse(JSON.parse(text).task_result).success,
  'JSON.parse twice, from bytes': () => JSON.parse(JSON.parse(decoder.decode(bytes)).task_result).success,
  'decodeAsyncTask, from text': () => decodeAsyncTask(text).result.success,
  'decodeAsyncTask, from bytes': () => decodeAsyncTask(bytes).result.success,
};

const times = Object.fromEntries(Object.keys(contestants).map((name) => [name, []]));
let kept;
for (let round = 0; round < ROUNDS; round += 1) {
  for (const [name, run] of Object.entries(contestants)) {
    const start = performance.now();
    kept = run();
    times[name].push(performance.now() - start);
    if (kept.length !== ROWS || kept[999].path !== success[999].path) throw new Error(`${name} decoded wrongly`);
  }
}

const median = (values) => values.sort((a, b) => a - b)[values.length >> 1];
const base = median(times['JSON.parse twice, from text']);
console.log(
  `decoding an import of ${ROWS} APIs, ${bytes.length} bytes; medians of ${ROUNDS} rounds, Node ${process.version}`,
);
for (const [name, values] of Object.entries(times)) {
  const value = median(values);
  console.log(`${name.padEnd(30)} ${value.toFixed(3).padStart(7)} ms   ${(value / base).toFixed(2).padStart(5)} ×`);
}
