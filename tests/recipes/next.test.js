/** The proxy of the recipes, in Next: its route handler, called as Next calls it. */
import { Readable } from 'node:stream';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { after } from 'node:test';
import { pathToFileURL } from 'node:url';
import { transform } from 'esbuild';

import { testProxy } from './proxies.js';
import { recipe, write } from './recipe.js';

const ROUTE = 'app/huawei/[...path]/route.ts';
const { code } = await transform(recipe('Proxy in Next')[ROUTE], { loader: 'ts' });
const folder = write(after, { 'route.js': code });
let starts = 0;

/** The part of Next's work that matters here: a Web request, the decoded segments below the folder, a Web response. */
const serving = (route) => async (incoming, outgoing) => {
  const { method, url, headers } = incoming;
  const address = new URL(url, 'http://localhost');
  const [, first, ...path] = address.pathname.split('/').map(decodeURIComponent);
  if (first !== 'huawei') return outgoing.writeHead(404).end();
  if (!(method in route)) return outgoing.writeHead(405).end();
  const left = new AbortController();
  outgoing.on('close', () => left.abort());
  const body = method === 'POST' ? Readable.toWeb(incoming) : null;
  const request = new Request(address, { method, headers, body, duplex: 'half', signal: left.signal });
  const response = await route[method](request, { params: Promise.resolve({ path }) });
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  await pipeline(response.body ?? [], outgoing).catch(() => {});
};

await testProxy('the proxy in Next', async (environment) => {
  Object.assign(process.env, environment);
  starts += 1; // each start reads the environment anew
  return serving(await import(`${pathToFileURL(join(folder, 'route.js'))}?${starts}`));
});
