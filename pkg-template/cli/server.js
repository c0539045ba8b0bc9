// @ts-check
// The simulator over HTTP, on this computer only.
import { createServer } from 'node:http';
import { buffer } from 'node:stream/consumers';

/** @import { IncomingMessage } from 'node:http' */
/** @import { AddressInfo } from 'node:net' */
/** @import { Simulator } from 'huaweicloud-tasks/simulator' */

const HOST = '127.0.0.1';

/**
 * Serves a simulator.
 *
 * @param {Simulator} simulator
 * @param {number} port
 * @param {(status: number, method: string, path: string) => void} onAnswer is told of each request
 * @returns {Promise<{ url: string, close: () => void }>}
 */
export async function serveSimulator(simulator, port, onAnswer) {
  const server = createServer(async (request, response) => {
    const { method, url, headers } = /** @type {Required<IncomingMessage>} */ (request);
    try {
      const body = await buffer(request);
      // Not resolved against a base: `//a` would be a host then.
      const answer = await simulator(`http://${HOST}${url}`, {
        method,
        headers: /** @type {Record<string, string>} */ (headers),
        ...(body.length > 0 && { body }),
      });
      onAnswer(answer.status, method, url);
      response.writeHead(answer.status, Object.fromEntries(answer.headers));
      response.end(Buffer.from(await answer.arrayBuffer()));
    } catch {
      response.destroy();
    }
  });
  await /** @type {Promise<void>} */ (
    new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, HOST, resolve);
    })
  );
  return {
    url: `http://${HOST}:${/** @type {AddressInfo} */ (server.address()).port}`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
