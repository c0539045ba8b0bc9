// What every contestant calls: it answers the documents' own body, or an import of 1,000 APIs, at once. It runs in a
// process of its own, so that its work is not done on the event loop of those who are timed.
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';

import { Chance, importOf } from '../shared/bodies.js';

const progress = readFileSync(process.argv[2]);

/** As many as there are calls in several rounds: no body comes twice in one. */
const chance = new Chance(3);
const tasks = Array.from({ length: 64 }, () => importOf(chance, 1_000).bytes);
let answered = 0;

const server = createServer((request, response) => {
  const body = request.url.endsWith('/progress') ? progress : tasks[answered++ % tasks.length];
  response.writeHead(200, {
    'Content-Type': 'application/json;charset=utf-8',
    'Content-Length': body.length,
    'X-Request-Id': randomUUID().replaceAll('-', ''),
  });
  response.end(body);
});
// Longer than a round: a connection that is closed while others take their turn would be made again in the timed part.
server.keepAliveTimeout = 120_000;
server.listen(0, '127.0.0.1', () => process.send(server.address().port));
process.on('disconnect', () => process.exit());
