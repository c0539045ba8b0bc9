import { join } from 'node:path';

const folder = (name) => join(import.meta.dirname, 'dist', name);

export default [
  {
    mode: 'production',
    entry: './page.js',
    output: { path: folder('web'), filename: 'page.js' },
    // The module is a little larger than what webpack warns of by itself, 244 KiB.
    performance: { maxAssetSize: 300_000 },
  },
  {
    mode: 'production',
    target: 'node20',
    entry: './program.js',
    output: { path: folder('node'), filename: 'main.cjs', chunkFilename: '[id].cjs' },
  },
];
