const http = require('node:http');
const { createClient, decodeAsyncTask } = require('huaweicloud-tasks');

const { ENDPOINT, BODY, ANSWER } = process.env;
const client = (options) =>
  createClient({ endpoint: ENDPOINT, projectId: 'project', token: 'simulator-token', ...options });

/** A `fetch` like those of tests: jsdom has none. */
const fetch = (url, { method, headers }) =>
  new Promise((resolve, reject) => {
    const request = http.request(url, { method, headers }, async (response) => {
      const text = (await response.toArray()).join('');
      resolve({ status: response.statusCode, headers: response.headers, text: async () => text });
    });
    request.on('error', reject).end();
  });

test('this is jsdom', () => {
  expect(document.createElement('p').constructor).toBe(HTMLParagraphElement);
  expect([typeof globalThis.fetch, typeof TextDecoder]).toEqual(['undefined', 'undefined']);
});

test('asks with the `fetch` that it is given, and decodes', async () => {
  const gateway = await client({ fetch }).apig.gatewayProgress('gateway-1');
  expect({ gateway, task: decodeAsyncTask(BODY) }).toEqual(JSON.parse(ANSWER));
});

test('says that there is no `fetch`', async () => {
  await expect(client().apig.gatewayProgress('gateway-1')).rejects.toMatchObject({
    name: 'ConfigError',
    field: 'fetch',
    message: 'fetch: expected a function, and this platform has none',
  });
});
