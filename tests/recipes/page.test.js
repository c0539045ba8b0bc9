/** The page of the recipes that needs no bundler, under its own content policy. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe } from 'node:test';

import { recipe } from './recipe.js';
import { onScreen } from './screen.js';

const { 'progress.html': html } = recipe('A page without a bundler');
const files = { 'progress.html': html };
for (const name of ['index.js', 'huaweicloud-tasks.wasm']) {
  files[`huaweicloud-tasks/${name}`] = await readFile(join(process.env.PACKAGE_DIR, name));
}
const site = { files, policy: null }; // it brings its own
const open = ({ page }, id) => page.goto(`/progress.html?project=my-project&gateway=${id}`);

describe('the page without a bundler', () => {
  onScreen('shows a creation from its start to its end', site, async (screen) => {
    await open(screen, 'gateway-1');
    await screen.shows('#state', 'running');
    assert.equal(await screen.page.locator('#bar').getAttribute('value'), '0');
    assert.deepEqual(screen.site.asked, ['/huawei/v2/my-project/apigw/instances/gateway-1/progress']);
    await screen.passUntil('#state', 'succeeded');
    assert.equal(await screen.page.locator('#bar').getAttribute('value'), '100');
  });

  onScreen('says why an operation failed', site, async (screen) => {
    await open(screen, 'quota-1');
    await screen.passUntil('#state', 'create failed...');
  });

  onScreen('says why an operation cannot be watched', site, async (screen) => {
    await open(screen, 'unauthorized-1');
    await screen.page.locator('#state', { hasText: /APIC\.7102/ }).waitFor();
  });

  onScreen('has a policy that lets nothing else run', site, async (screen) => {
    await open(screen, 'gateway-1');
    await screen.shows('#state', 'running');
    const refused = await screen.page.evaluate(async () => {
      const violation = new Promise((resolve) => {
        addEventListener('securitypolicyviolation', ({ effectiveDirective }) => resolve(effectiveDirective));
      });
      const script = document.body.appendChild(document.createElement('script'));
      script.textContent = 'document.title = "injected"';
      return [await violation, document.title];
    });
    assert.deepEqual(refused, ['script-src-elem', 'Progress']);
    screen.problems.length = 0; // the browser logs what it refuses
  });
});
