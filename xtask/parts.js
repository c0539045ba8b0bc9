/**
 * Prints what each part of what a browser loads weighs, raw. Run by `cargo xtask sizes`:
 *
 *   node xtask/parts.js MODULE META
 *
 * MODULE is the module before wasm-opt, which takes a fifth off and the names away; META what esbuild says of `index.js`
 * before terser.
 */
import { readFileSync } from 'node:fs';

const [modulePath, metaPath] = process.argv.slice(2);

/** The sections of a module, the functions in its code, and the names that these have. */
function readModule(bytes) {
  let at = 8;
  const number = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++];
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
  };
  const text = () => {
    const length = number();
    at += length;
    return new TextDecoder().decode(bytes.subarray(at - length, at));
  };
  const list = (item) => Array.from({ length: number() }, item);
  const sized = (read) => {
    const end = number() + at;
    const value = read(end);
    at = end;
    return value;
  };
  const IMPORTED = 2,
    CODE = 10,
    DATA = 11,
    CUSTOM = 0,
    FUNCTION_NAMES = 1;
  const found = { imports: 0, code: [], data: 0, names: new Map() };
  while (at < bytes.length) {
    const section = bytes[at++];
    sized((end) => {
      // wasm-bindgen's modules import functions alone: the number of imports is that of functions.
      if (section === IMPORTED) found.imports = number();
      else if (section === CODE) found.code = list(() => sized((after) => after - at));
      else if (section === DATA) found.data = end - at;
      else if (section === CUSTOM && text() === 'name') {
        while (at < end) {
          const names = bytes[at++] === FUNCTION_NAMES;
          sized(() => names && list(() => found.names.set(number(), text())));
        }
      }
    });
  }
  return found;
}

/** The Rust module that a function is of; the generic ones of the standard library stand for whoever uses them. */
function partOf(name = '') {
  if (name.includes('huaweicloud_tasks_json::')) return 'json';
  const named = /huaweicloud_tasks::(\w+)(?:::(\w+))?/.exec(name);
  if (named !== null) return named[1] === 'service' ? `src/service/${named[2]}` : `src/${named[1]}`;
  if (/talc|alloc|__r(ust|dl|g)_|memcpy|memmove|memset|memcmp/.test(name)) return 'allocator and memory';
  return 'the standard library, serde';
}

function print(title, weights) {
  const total = [...weights.values()].reduce((sum, bytes) => sum + bytes, 0);
  console.log(`\n${title}: ${total} bytes`);
  for (const [part, bytes] of [...weights].sort(([, one], [, other]) => other - one)) {
    console.log(`  ${part.padEnd(44)}${String(bytes).padStart(8)}${((100 * bytes) / total).toFixed(1).padStart(7)} %`);
  }
}

const { imports, code, data, names } = readModule(readFileSync(modulePath));
const module = new Map([['data: texts, tables', data]]);
code.forEach((bytes, index) => {
  const part = partOf(names.get(imports + index));
  module.set(part, (module.get(part) ?? 0) + bytes);
});
print('The module', module);

const [{ inputs }] = Object.values(JSON.parse(readFileSync(metaPath, 'utf8')).outputs);
const name = (path) => (path.startsWith('target/') ? "wasm-bindgen's glue" : path.replace('pkg-template/', ''));
const used = Object.entries(inputs).filter(([, { bytesInOutput }]) => bytesInOutput > 0);
print('index.js', new Map(used.map(([path, { bytesInOutput }]) => [name(path), bytesInOutput])));
