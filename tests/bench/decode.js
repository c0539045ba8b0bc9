// How long it takes to decode the body of an async task: in Node, in Chromium, and in Firefox where it is found.
import { decodeAsyncTask } from 'huaweicloud-tasks';

import { measureInBrowser } from './decode/browser.js';
import { measureDecoding } from './decode/measure.js';
import { onRound, peer, peerVersions, progress, report } from './shared/node.js';

const { CHROMIUM, CHROMEDRIVER, FIREFOX, GECKODRIVER } = process.env;

const { zod } = peerVersions();
const names = { zod: `zod ${zod}`, mini: `zod/mini ${zod}` };
const peers = { [names.zod]: await peer('zod'), [names.mini]: await peer('zod/mini') };

await measureDecoding({
  decode: decodeAsyncTask,
  peers,
  report: (figure) => report({ engine: 'Node', ...figure }),
  onRound,
});

const browsers = [
  { engine: 'Chromium', driver: CHROMEDRIVER, browser: CHROMIUM },
  { engine: 'Firefox', driver: GECKODRIVER, browser: FIREFOX },
];
for (const found of browsers.filter(({ driver }) => driver)) {
  const { engine } = found;
  await measureInBrowser({
    ...found,
    names,
    report: (figure) => report({ engine, ...figure }),
    onRound: (what, round, rounds) => onRound(`${engine}: ${what}`, round, rounds),
  });
}
progress('');
