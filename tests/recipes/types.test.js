/** The TypeScript of the recipes compiles, as strictly as a project may want it. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { recipe, write } from './recipe.js';

const TSC = join(process.env.PROJECT_ROOT, 'node_modules/typescript/bin/tsc');
const OPTIONS = [
  '--noEmit',
  '--strict',
  '--noUncheckedIndexedAccess',
  '--target',
  'es2022',
  '--jsx',
  'react-jsx',
  '--module',
  'esnext',
  '--moduleResolution',
  'bundler',
  '--types',
  'node',
  '--lib',
  'es2022,dom,dom.iterable',
];

const VUE_WAYS = `
import { ref, shallowRef } from 'vue';
import { cloud } from './cloud';
import { useOperation } from './useOperation';

const operation = cloud.watch({ kind: 'sfs-turbo.job', jobId: 'job' });
for (const way of [operation, ref(operation), shallowRef(operation), () => operation]) {
  const { view, error, isOver } = useOperation(way);
  const texts: (string | null | undefined)[] = [view.value?.state, error.value?.message];
  const over: boolean = isOver.value;
  console.log(texts, over);
}
`;

const cloud = recipe('What pages share');
const react = { ...cloud, ...recipe('React') };
const mistaken = react['GatewayProgress.tsx'].replace('view?.state', 'view?.stage');
const PROJECTS = {
  react,
  vue: { ...cloud, ...recipe('Vue'), 'ways.ts': VUE_WAYS },
  next: recipe('Proxy in Next'),
  mistaken: { ...react, 'GatewayProgress.tsx': mistaken },
};

let errors;

before(() => {
  const files = Object.entries(PROJECTS).flatMap(([project, named]) =>
    Object.entries(named).map(([name, text]) => [`${project}/${name}`, text]),
  );
  const names = files.map(([name]) => name).filter((name) => /\.tsx?$/.test(name));
  const options = { cwd: write(after, Object.fromEntries(files)), encoding: 'utf8' };
  const { stdout } = spawnSync(process.execPath, [TSC, ...OPTIONS, ...names], options);
  errors = stdout.split('\n').filter((line) => line !== '');
});

for (const project of ['react', 'vue', 'next']) {
  test(`the recipes for ${project} compile`, () => {
    assert.deepEqual(
      errors.filter((line) => line.startsWith(`${project}/`)),
      [],
    );
  });
}

test('a mistake is noticed', () => {
  const [error, ...others] = errors.filter((line) => line.startsWith('mistaken/'));
  assert.match(error, /^mistaken\/GatewayProgress\.tsx\(\d+,\d+\): error TS\d+: Property 'stage' does not exist/);
  assert.deepEqual(others, []);
});
