/** The components of the recipes where a server renders them: they show a beginning, and ask nothing. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { createElement } from 'react';
import { renderToString as renderReact } from 'react-dom/server';
import { createSSRApp } from 'vue';
import { renderToString as renderVue } from 'vue/server-renderer';

import { react, vue } from './bundle.js';
import { recipe, write } from './recipe.js';

/** Imports a component with what is installed, for Node. */
async function importComponent(heading, name, options) {
  const folder = write(after, { ...recipe('What pages share'), ...recipe(heading) });
  const outfile = join(folder, 'component.mjs');
  const common = { bundle: true, format: 'esm', platform: 'node', packages: 'external' };
  await build({ ...common, ...options, entryPoints: [join(folder, name)], outfile });
  return import(pathToFileURL(outfile).href);
}

async function assertAsksNothing(t, render) {
  const asked = t.mock.method(globalThis, 'fetch');
  assert.match(await render({ instanceId: 'gateway-1' }), /<output>asking<\/output>/);
  await sleep(100); // a question would come after the module is loaded
  assert.equal(asked.mock.callCount(), 0);
}

test('a server renders the component in React, and asks nothing', async (t) => {
  const { GatewayProgress } = await importComponent('React', 'GatewayProgress.tsx', react);
  await assertAsksNothing(t, (props) => renderReact(createElement(GatewayProgress, props)));
});

test('a server renders the component in Vue, and asks nothing', async (t) => {
  const { default: GatewayProgress } = await importComponent('Vue', 'GatewayProgress.vue', vue);
  await assertAsksNothing(t, (props) => renderVue(createSSRApp(GatewayProgress, props)));
});
