// The simulator over HTTP, on this computer only.
import { createServer } from 'node:http';
import { buffer } from 'node:stream/consumers';

const HOST = '127.0.0.1';

/**
 * Serves a simulator.
 *
 * @param onAnswer is told of each request: `(status, method, path)`
 * @returns {Promise<{ url: string, close: () => void }>}
 */
export async function serveSimulator(simulator, port, onAnswer) {
  const server = createServer(async (request, response) => {
    const { method, url, headers } = request;
    try {
      const body = await buffer(request);
      // Not resolved against a base: `//a` would be a host then.
      const answer = await simulator(`http://${HOST}${url}`, { method, headers, ...(body.length > 0 && { body }) });
      onAnswer(answer.status, method, url);
      response.writeHead(answer.status, Object.fromEntries(answer.headers));
      response.end(Buffer.from(await answer.arrayBuffer()));
    } catch {
      response.destroy();
    }
  });
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, HOST, resolve);
  });
  return {
    url: `http://${HOST}:${server.address().port}`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
