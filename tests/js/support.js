// What the tests share: the documents' bodies, and a server on loopback that answers as told.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';

/** A body of the documents, byte for byte. */
export const fixture = (path) => readFileSync(join(process.env.PROJECT_ROOT, 'tests/fixtures', path), 'utf8');

/**
 * Serves on loopback until the test ends. `answer` is given the request and its response; what came is kept in `requests`,
 * where `body` is a promise of the bytes, or of `null` when they broke off.
 */
export async function serve(test, answer) {
  const requests = [];
  const server = createServer((request, response) => {
    const { method, url, headers } = request;
    requests.push({ method, url, headers, body: buffer(request).catch(() => null) });
    answer(request, response);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  test.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${server.address().port}`, requests };
}

/** An answer with a status, a body and headers. */
export const answering =
  (status, body, headers = {}) =>
  (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(body);
  };

/** What a promise is rejected with; fails when it is not. */
export async function rejection(promise) {
  const value = await promise.then(
    (value) => ({ value }),
    (error) => ({ error }),
  );
  if (!('error' in value)) throw new Error(`expected a rejection, got ${JSON.stringify(value.value)}`);
  return value.error;
}

/** What a function throws; fails when it does not. */
export function thrown(run) {
  try {
    run();
  } catch (error) {
    return error;
  }
  throw new Error('expected an error');
}

/**
 * The answers of the calls, by the folder of their bodies: the call and what it is asked with, the type of what it gives,
 * the decoder and what that gives, and what to watch.
 */
export const CALLS = JSON.parse(readFileSync(join(process.env.PROJECT_ROOT, 'tests/answers.json'), 'utf8'));

/** Makes the call of a row of `CALLS`. */
export function ask(cloud, { call, with: values }) {
  const [service, name] = call.split('.');
  return cloud[service][name](...values);
}
