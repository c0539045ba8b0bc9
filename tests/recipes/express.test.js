/** The proxy of the recipes, in Express. */
import { join } from 'node:path';
import { after } from 'node:test';
import { pathToFileURL } from 'node:url';
import express from 'express';

import { testProxy } from './proxies.js';
import { recipe, write } from './recipe.js';

const folder = write(after, recipe('Proxy in Express'));
let starts = 0;

await testProxy('the proxy in Express', async (environment) => {
  Object.assign(process.env, environment);
  starts += 1; // each start reads the environment anew
  const { huawei } = await import(`${pathToFileURL(join(folder, 'huawei.js'))}?${starts}`);
  const app = express();
  app.use('/huawei', huawei);
  app.use(express.json());
  return app;
});
