/**
 * Bundles the JavaScript of the package, each entry point into one file. Run by `cargo xtask build`:
 *
 *   node xtask/bundle.js FOLDER CLIENT ENTRY DECODER ENTRY META
 *
 * FOLDER is where the files go and where the modules, `huaweicloud-tasks.wasm` and `decode/decode.wasm`, are already;
 * CLIENT and DECODER are the modules' own JavaScript, each with the entry of those who call it; META is the file for what
 * esbuild says of `index.js`.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { minify } from 'terser';

const [folder, client, index, decoder, decode, meta] = process.argv.slice(2);

/** The modules, and the entry of those who call them. */
const CLIENT = { entry: index, glue: client, wasm: 'huaweicloud-tasks.wasm' };
const DECODER = { entry: decode, glue: decoder, wasm: 'decode.wasm' };

const ESM = { format: 'esm', platform: 'browser' };
const NODE = { format: 'esm', platform: 'node' };
const COMMONJS = { format: 'cjs', platform: 'node' };

/** What stands for globals in the code of a module. */
const TASKS = ['pkg-template/platform/microtask.js'];
const COMMONJS_TEXT = 'pkg-template/platform/commonjs-text.js';
const TEXT = 'pkg-template/platform/text.js';

/** What `cargo xtask` writes from the tables of the Rust side, and what that imports. */
const REGISTRY = {
  '#registry': { path: resolve('target/registry/registry.js') },
  '#decoders': { path: resolve('target/registry/decoders.js') },
  '#words': { path: resolve('target/registry/words.js') },
  '#decoder': { path: resolve('pkg-template/facade/decode.js') },
};

/** The facade of a module. The platform says where the module's bytes are found, and what else differs. */
const facade = ({ entry, glue, wasm }, platform, options) => ({
  entryPoints: [entry],
  define: { WASM_FILE: JSON.stringify(wasm) },
  plugins: [
    names({
      '#glue': { path: resolve(glue) },
      '#host': { path: resolve('src/wasm/host.js') },
      ...REGISTRY,
      '#platform': { path: resolve(`pkg-template/platform/${platform}.js`) },
      '#bytes': { path: './bytes.js', external: true },
      // As Next and wrangler both have it.
      '#wasm': { path: `./${wasm}?module`, external: true },
    }),
  ],
  ...options,
});

const alone = (source, options) => ({ entryPoints: [`pkg-template/${source}.js`], ...options });

/** The command line uses the package as everybody does, so that nothing is in it twice. */
const PROGRAM = { ...NODE, external: ['huaweicloud-tasks'], charset: 'utf8', plugins: [names(REGISTRY)] };

const BUNDLES = {
  'index.js': facade(CLIENT, 'browser', { ...ESM, inject: [...TASKS, TEXT] }),
  'inline.js': facade(CLIENT, 'inline', { ...ESM, inject: [...TASKS, TEXT] }),
  'worker.js': facade(CLIENT, 'worker', { ...ESM, inject: [...TASKS, TEXT] }),
  'node.js': facade(CLIENT, 'node', { ...NODE, inject: [...TASKS, TEXT] }),
  'index.cjs': facade(CLIENT, 'commonjs', { ...COMMONJS, inject: [...TASKS, COMMONJS_TEXT] }),
  'decode/index.js': facade(DECODER, 'browser', { ...ESM, inject: [TEXT] }),
  'decode/node.js': facade(DECODER, 'node', { ...NODE, inject: [TEXT] }),
  'decode/index.cjs': facade(DECODER, 'commonjs', { ...COMMONJS, inject: [COMMONJS_TEXT] }),
  'errors.js': alone('entry/errors', ESM),
  'errors.cjs': alone('entry/errors', COMMONJS),
  'explain.js': alone('entry/explain', ESM),
  'explain.cjs': alone('entry/explain', COMMONJS),
  'simulator.js': alone('entry/simulator', ESM),
  'simulator.cjs': alone('entry/simulator', COMMONJS),
  'cli.js': alone('cli/main', PROGRAM),
};

/** Names in the sources that mean another file in each bundle. */
function names(meanings) {
  const setup = (build) => {
    build.onResolve({ filter: /^#/ }, ({ path }) => meanings[path]);
    // The glue has a copy of this file: there is to be one, for the module and for those who call it.
    build.onResolve({ filter: /\/src\/wasm\/host\.js$/ }, () => meanings['#host']);
  };
  return { name: 'names', setup };
}

/** What a browser loads is made smaller once more: by a twentieth, measured. */
async function squeeze(file) {
  const { code } = await minify(await readFile(file, 'utf8'), { module: true, compress: { passes: 3, ecma: 2020 } });
  await writeFile(file, code);
}

/** A module as JavaScript, for where a file of its own does not come along. */
async function inline(wasm, file) {
  const base64 = gzipSync(await readFile(join(folder, wasm)), { level: 9 }).toString('base64');
  await writeFile(join(folder, file), `export default '${base64}';\n`);
}

await inline('huaweicloud-tasks.wasm', 'bytes.js');
await inline('decode/decode.wasm', 'decode/bytes.js');
for (const [output, options] of Object.entries(BUNDLES)) {
  try {
    const outfile = join(folder, output);
    const { metafile } = await build({
      ...options,
      outfile,
      bundle: true,
      minify: true,
      metafile: true,
      target: 'es2022',
      logLevel: 'warning',
    });
    if (output === 'index.js') await writeFile(meta, JSON.stringify(metafile));
    if (options.format === 'esm') await squeeze(outfile);
  } catch (error) {
    // esbuild has already shown what is wrong in the sources.
    console.error(`${output} is not made: ${error.message.split('\n')[0]}`);
    process.exit(1);
  }
}
