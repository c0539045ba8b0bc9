import { nodeResolve } from '@rollup/plugin-node-resolve';
import { importMetaAssets } from '@web/rollup-plugin-import-meta-assets';

const page = { input: 'page.js', output: { format: 'es' } };
const resolve = nodeResolve({ browser: true });

export default [
  { ...page, output: { ...page.output, dir: 'dist/default' }, plugins: [resolve] },
  { ...page, output: { ...page.output, dir: 'dist/assets' }, plugins: [resolve, importMetaAssets()] },
];
