// The measurement as a page does it. What it finds goes back to the server that the page came from.
import { decodeAsyncTask, init } from 'huaweicloud-tasks';
import * as zod from 'zod';
import * as mini from 'zod/mini';

import { measureDecoding } from './measure.js';

const tell = (told) => fetch('/told', { method: 'POST', body: JSON.stringify(told) });

try {
  const names = await (await fetch('/names')).json();
  await init();
  await measureDecoding({
    decode: decodeAsyncTask,
    peers: { [names.zod]: zod, [names.mini]: mini },
    report: (figure) => tell({ figure }),
    onRound: (...round) => tell({ round }),
  });
  await tell({ isDone: true });
} catch (error) {
  await tell({ error: String(error?.stack ?? error) });
}
