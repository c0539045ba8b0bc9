// What every contestant calls: it answers the documents' own body, at once. It runs in a process of its own, so that
// its work is not done on the event loop of those who are timed.
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';

const body = readFileSync(process.argv[2]);

const server = createServer((_request, response) => {
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
