// What `useOperation` and its component must do in any framework.
import assert from 'node:assert/strict';
import { describe } from 'node:test';

import { onScreen } from './screen.js';

/** What the documents list, less the 0 that it begins with: whoever asks now and then may miss some. */
const MILESTONES = [30, 50, 80, 90, 100];

const progressOf = (id) => `/huawei/v2/my-project/apigw/instances/${id}/progress`;

/**
 * Tests a component.
 *
 * @param {object} site its script defines `show(instanceId)`, which mounts the component; `show(null)` unmounts it
 */
export function testUseOperation(name, site) {
  const onPage = (what, body) =>
    onScreen(what, site, async (screen) => {
      await screen.page.goto('/index.html');
      await body(screen, (id) => screen.page.evaluate((shown) => globalThis.show(shown), id));
    });

  describe(name, () => {
    onPage('shows a creation from its start to its end', async (screen, show) => {
      const { page, site } = screen;
      await show('gateway-1');
      await screen.shows('output', 'running');
      assert.equal(await page.locator('progress').getAttribute('value'), '0');
      assert.equal(await page.locator('section').getAttribute('aria-busy'), 'true');
      await screen.pass(1_000);
      assert.deepEqual(site.asked, [progressOf('gateway-1')]);

      const percents = await page.evaluateHandle(() => {
        const seen = [];
        const bar = document.querySelector('progress');
        new MutationObserver(() => seen.push(bar.value)).observe(bar, { attributeFilter: ['value'] });
        return seen;
      });
      await screen.passUntil('output', 'succeeded');
      const seen = await percents.jsonValue();
      assert.deepEqual(
        seen,
        MILESTONES.filter((percent) => seen.includes(percent)),
      );
      assert.ok(seen.length >= 3 && seen.at(-1) === 100, `${seen}`);
      assert.equal(await page.locator('section').getAttribute('aria-busy'), 'false');
      assert.equal(await page.locator('[role=alert]').count(), 0);

      const count = site.asked.length;
      await screen.pass(600_000);
      assert.equal(site.asked.length, count);
    });

    onPage('asks no more once it is unmounted', async (screen, show) => {
      const { page, site } = screen;
      await show('gateway-1');
      await screen.shows('output', 'running');
      await screen.pass(60_000);
      await screen.until(() => site.asked.length > 1);
      await show(null);
      await page.locator('output').waitFor({ state: 'detached' });
      const count = site.asked.length;
      for (let minutes = 0; minutes < 10; minutes += 1) await screen.pass(60_000);
      assert.equal(site.asked.length, count);
    });

    onPage('gives up a question under way when it is unmounted', async (screen, show) => {
      const { page, site } = screen;
      site.isHolding = true;
      await show('gateway-1');
      await screen.until(() => site.asked.length === 1);
      assert.equal(await page.locator('[role=alert]').count(), 0);
      await show(null);
      await screen.until(() => site.left === 1);
    });

    onPage('goes on to another operation, and leaves the one before', async (screen, show) => {
      const { page, site } = screen;
      await show('gateway-1');
      await screen.shows('output', 'running');
      await screen.pass(1_000);
      site.isHolding = true;
      await show('gateway-2');
      await screen.shows('output', 'asking');
      assert.equal(await page.locator('progress').getAttribute('value'), null);
      await screen.until(() => site.asked.length === 2);
      await show('quota-1');
      await screen.until(() => site.asked.length === 3);
      site.isHolding = false;
      await show('gateway-3');
      await screen.shows('output', 'running');
      await screen.pass(60_000);
      await screen.until(() => site.asked.length > 4);
      const [first, second, third, ...others] = site.asked;
      assert.deepEqual([first, second, third], ['gateway-1', 'gateway-2', 'quota-1'].map(progressOf));
      assert.deepEqual([...new Set(others)], [progressOf('gateway-3')]);
    });

    onPage('says why an operation failed', async (screen, show) => {
      const { page } = screen;
      await show('quota-1');
      await screen.passUntil('output', 'failed');
      assert.equal(await page.locator('[role=alert]').textContent(), 'create failed...');
      assert.equal(await page.locator('section').getAttribute('aria-busy'), 'false');
    });

    onPage('says why an operation cannot be watched', async (screen, show) => {
      const { page, site } = screen;
      await show('unauthorized-1');
      assert.match(await page.locator('[role=alert]').textContent(), /APIC\.7102/);
      assert.equal(await page.locator('section').getAttribute('aria-busy'), 'false');
      await screen.pass(600_000);
      assert.equal(site.asked.length, 1);
    });
  });
}
