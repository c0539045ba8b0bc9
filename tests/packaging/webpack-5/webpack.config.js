import { join } from 'node:path';

const folder = (name) => join(import.meta.dirname, 'dist', name);

export default [
  { mode: 'production', entry: './page.js', output: { path: folder('web'), filename: 'page.js' } },
  {
    mode: 'production',
    target: 'node20',
    entry: './program.js',
    output: { path: folder('node'), filename: 'main.cjs', chunkFilename: '[id].cjs' },
  },
];
