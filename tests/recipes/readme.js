// The recipes of the package's README, as they are in the installed package.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const README = readFileSync(join(process.env.PACKAGE_DIR, 'README.md'), 'utf8');
const FENCED = /^```\w+\n(.*?)^```$/gms;
const FILE_NAME = /^(?:\/\/|<!--|#) ([\w./[\]-]+\.\w+)/;

/**
 * The files of a recipe, by name: the code blocks below its heading, each of which names its file in its first line.
 *
 * @param {string} heading
 * @returns {Record<string, string>}
 */
export function recipe(heading) {
  const section = README.split(/^(?=##)/m).find((part) => part.replace(/^#+ /, '').startsWith(`${heading}\n`));
  if (section === undefined) throw new Error(`the README has no recipe "${heading}"`);
  const files = [...section.matchAll(FENCED)].map(([, text]) => [FILE_NAME.exec(text)?.[1], text]);
  if (files.length === 0 || files.some(([name]) => name === undefined)) {
    throw new Error(`each block of "${heading}" must name its file in its first line`);
  }
  return Object.fromEntries(files);
}

/**
 * Writes files into a folder of their own, from where they find what is installed, until the tests have ended.
 *
 * @returns {string} the folder
 */
export function write(after, files) {
  const folder = mkdtempSync(join(import.meta.dirname, 'made-'));
  after(() => rmSync(folder, { recursive: true }));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}
