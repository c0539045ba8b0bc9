// The same measurement in a browser: a server for the page and its modules, and the WebDriver that opens it.
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { peersFolder } from '../shared/node.js';
import { openIn } from './webdriver.js';

const TYPES = { '.js': 'text/javascript', '.wasm': 'application/wasm', '.json': 'application/json' };
const FOLDERS = {
  bench: fileURLToPath(new URL('..', import.meta.url)),
  package: fileURLToPath(new URL('.', import.meta.resolve('huaweicloud-tasks'))),
  peers: join(peersFolder, 'node_modules'),
};
const IMPORTS = {
  'huaweicloud-tasks': '/package/index.js',
  zod: '/peers/zod/index.js',
  'zod/mini': '/peers/zod/mini/index.js',
};
const PAGE = `<!doctype html><title>bench</title>
<script type="importmap">${JSON.stringify({ imports: IMPORTS })}</script>
<script type="module" src="/bench/decode/page.js"></script>`;

/** Isolated from other origins, a page's clock counts in steps of 5 µs instead of 100. */
const ISOLATED = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' };

/** Measures in the browser of a WebDriver, which is `chromedriver` or `geckodriver`. */
export async function measureInBrowser({ engine, driver, browser, names, report, onRound }) {
  const { promise: done, resolve, reject } = withResolvers();
  const onTold = ({ figure, round, error, isDone }) => {
    if (figure) report(figure);
    if (round) onRound(...round);
    if (error) reject(new Error(`in ${engine}: ${error}`));
    if (isDone) resolve();
  };
  const server = createServer((request, response) => answer(request, response, names, onTold));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const close = await openIn({ engine, driver, browser, url: `http://127.0.0.1:${server.address().port}/` });
  try {
    await done;
  } finally {
    await close();
    server.closeAllConnections();
    server.close();
  }
}

function withResolvers() {
  const resolvers = {};
  resolvers.promise = new Promise((resolve, reject) => Object.assign(resolvers, { resolve, reject }));
  return resolvers;
}

async function answer(request, response, names, onTold) {
  const { pathname } = new URL(request.url, 'http://localhost');
  const [, folder, ...path] = pathname.split('/');
  const send = (type, body) => response.writeHead(200, { ...ISOLATED, 'Content-Type': type }).end(body);
  try {
    if (pathname === '/') send('text/html;charset=utf-8', PAGE);
    else if (pathname === '/names') send('application/json', JSON.stringify(names));
    else if (pathname === '/told') {
      onTold(JSON.parse(Buffer.concat(await request.toArray())));
      send('text/plain', '');
    } else send(TYPES[extname(pathname)] ?? 'text/plain', await readFile(join(FOLDERS[folder], ...path)));
  } catch {
    response.writeHead(404, ISOLATED).end();
  }
}
