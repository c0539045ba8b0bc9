// The compiler as a library, over files that are only given as texts, next to the installed package.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const require = createRequire(join(process.env.PROJECT_ROOT, 'package.json'));
const load = (name) => import(pathToFileURL(require.resolve(name)).href);

export const { API, SignatureKind, SymbolFlags, TypeFlags } = await load('typescript/unstable/sync');
export const { SyntaxKind } = await load('typescript/unstable/ast');

const FOLDER = join(import.meta.dirname, 'generated');
const OPTIONS = {
  strict: true,
  exactOptionalPropertyTypes: true,
  noEmit: true,
  module: 'nodenext',
  target: 'es2022',
  types: [],
};

/**
 * Compiles texts and gives what `use` makes of the program.
 *
 * @param {Record<string, string>} texts the files by their names
 * @param {(compiled: { checker: object, program: object, file: (name: string) => object }) => T} use
 */
export function compile(texts, use) {
  const path = (name) => join(FOLDER, name).replaceAll('\\', '/');
  const config = JSON.stringify({ compilerOptions: OPTIONS, files: Object.keys(texts) });
  const all = Object.entries({ ...texts, 'tsconfig.json': config });
  const files = new Map(all.map(([name, text]) => [path(name), text]));
  const fs = {
    readFile: (name) => files.get(name),
    fileExists: (name) => files.has(name) || undefined,
  };
  const api = new API({ cwd: import.meta.dirname, fs });
  try {
    const snapshot = api.updateSnapshot({ openProject: path('tsconfig.json') });
    const { checker, program } = snapshot.getProject(path('tsconfig.json'));
    return use({ checker, program, file: (name) => program.getSourceFile(path(name)) });
  } finally {
    api.close();
  }
}

/** What the compiler complains of in a file: the start of the line, and the complaint. */
export function complaints(program, file) {
  const found = [...program.getSyntacticDiagnostics(file.fileName), ...program.getSemanticDiagnostics(file.fileName)];
  return found.map(({ pos, text }) => {
    const at = pos + file.text.slice(pos).search(/\S/);
    const line = file.text.slice(file.text.lastIndexOf('\n', at) + 1).split('\n', 1)[0];
    return `${line.slice(0, 100)}: ${text}`;
  });
}

/** Where a file has `any`, each with its line. */
export function anysIn(file) {
  const found = [];
  const visit = (node) => {
    if (node.kind === SyntaxKind.AnyKeyword) {
      const from = file.text.lastIndexOf('\n', node.end) + 1;
      found.push(file.text.slice(from).split('\n', 1)[0].trim());
    }
    node.forEachChild(visit);
  };
  visit(file);
  return found;
}
