// Bundling what a recipe shows, as an application would.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { compileScript, parse } from 'vue/compiler-sfc';

const HTML = `<!doctype html>
<html lang="en">
  <title>Test</title>
  <div id="root"></div>
  <script type="module" src="main.js"></script>
</html>`;

// The frameworks' own checks, and React's double effects, are in their builds for development only.
const define = {
  'process.env.NODE_ENV': '"development"',
  __VUE_OPTIONS_API__: 'true',
  __VUE_PROD_DEVTOOLS__: 'false',
  __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false',
};

/** How esbuild reads React's files. */
export const react = { jsx: 'automatic' };

/** How esbuild reads Vue's single-file components. */
export const vue = {
  plugins: [
    {
      name: 'vue',
      setup: ({ onLoad }) =>
        onLoad({ filter: /\.vue$/ }, async ({ path }) => {
          const { descriptor } = parse(await readFile(path, 'utf8'), { filename: path });
          return { contents: compileScript(descriptor, { id: 'test', inlineTemplate: true }).content, loader: 'ts' };
        }),
    },
  ],
};

/** The script of a page. */
export async function bundle(entry, options) {
  const common = { bundle: true, write: false, format: 'esm', target: 'es2022', logLevel: 'silent' };
  const { outputFiles } = await build({ ...common, ...options, entryPoints: [entry], define });
  return outputFiles[0].text;
}

/** A site whose page runs that script. */
export async function siteOf(script) {
  const wasm = 'huaweicloud-tasks.wasm';
  const module = await readFile(join(process.env.PACKAGE_DIR, wasm));
  return { files: { 'index.html': HTML, 'main.js': script, [wasm]: module } };
}
