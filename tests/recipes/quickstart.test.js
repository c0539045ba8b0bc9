/** The quickstart of the README, and that every recipe is one that is tested. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { after, test } from 'node:test';

import { RECIPES, recipe, sectionsOf, write } from './recipe.js';

test('the quickstart shows a creation from its start to its end', { timeout: 60_000 }, () => {
  const cwd = write(after, recipe('Quickstart'));
  const { stdout, stderr, status } = spawnSync(process.execPath, ['quickstart.mjs'], { cwd, encoding: 'utf8' });
  assert.deepEqual([stderr, status], ['', 0]);
  const lines = stdout.trimEnd().split('\n');
  assert.deepEqual([lines[0], lines.at(-1)], ['running 0', 'succeeded 100']);
});

test('the page of recipes has those that are tested, and no others', () => {
  const tested = Object.keys(RECIPES).filter((heading) => RECIPES[heading].page === 'docs/recipes.md');
  assert.deepEqual(
    sectionsOf('docs/recipes.md').map(([heading]) => heading),
    tested,
  );
});
