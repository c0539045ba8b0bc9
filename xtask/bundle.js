/**
 * Bundles the JavaScript of the package, each entry point into one file. Run by `cargo xtask build`:
 *
 *   node xtask/bundle.js GLUE FOLDER
 *
 * GLUE is the WebAssembly module's own JavaScript, FOLDER where the files go.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { minify } from 'terser';

const [glue, folder] = process.argv.slice(2);

/** The facade imports `#glue`, and `#platform` for how the module's bytes are found. */
const facade = (platform, options) => ({
  entryPoints: ['pkg-template/facade/index.js'],
  alias: { '#glue': glue, '#platform': `./pkg-template/platform/${platform}.js` },
  ...options,
});

const alone = (source) => ({ entryPoints: [`pkg-template/${source}`], platform: 'neutral', format: 'esm' });

/** The command line uses the package as everybody does, so that nothing is in it twice. */
const program = {
  entryPoints: ['pkg-template/cli/main.js'],
  external: ['huaweicloud-tasks'],
  platform: 'node',
  format: 'esm',
  target: 'node20',
  charset: 'utf8',
  minify: true,
};

const BUNDLES = {
  'index.js': facade('browser', { platform: 'browser', format: 'esm', minify: true }),
  'node.js': facade('node', { platform: 'node', format: 'esm' }),
  'node.cjs': facade('node-cjs', { platform: 'node', format: 'cjs' }),
  'simulator.js': alone('simulator.js'),
  'explain.js': alone('explain.js'),
  'cli.js': program,
};

/** What a browser loads is made smaller once more: by a twentieth, measured. */
async function squeeze(file) {
  const { code } = await minify(await readFile(file, 'utf8'), { module: true, compress: { passes: 3, ecma: 2020 } });
  await writeFile(file, code);
}

for (const [output, options] of Object.entries(BUNDLES)) {
  try {
    const outfile = join(folder, output);
    await build({ target: 'es2022', ...options, outfile, bundle: true, logLevel: 'warning' });
    if (options.minify) await squeeze(outfile);
  } catch (error) {
    // esbuild has already shown what is wrong in the sources.
    console.error(`${output} is not made: ${error.message.split('\n')[0]}`);
    process.exit(1);
  }
}
