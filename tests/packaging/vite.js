// A project with Vite: its server for development, and what it builds.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { build, createServer, preview } from 'vite';
import { checkPage, modulesIn } from './support.js';

const server = { host: '127.0.0.1', port: 0 };

/**
 * Checks a page in both, and gives the browser's name. `served` is how many modules the server for development sends:
 * none where it bundles the package without its file, so that the page falls back on bytes.js.
 */
export async function checkVite({ served, root = '.' }) {
  const project = { root, logLevel: 'error' };
  const development = await createServer({ ...project, server });
  try {
    await development.listen();
    await checkPage(development.resolvedUrls.local[0], served);
  } finally {
    await development.close();
  }

  await build(project);
  const modules = modulesIn(join(root, 'dist'));
  assert.equal(modules.length, 1, `modules in dist/: ${modules.join(', ') || 'none'}`);
  const built = await preview({ ...project, preview: server });
  try {
    return await checkPage(built.resolvedUrls.local[0], 1);
  } finally {
    await built.close();
  }
}
