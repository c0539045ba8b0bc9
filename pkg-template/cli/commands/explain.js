// @ts-check
import { explanationOf, UsageError } from '../errors.js';
import { EXIT } from '../exit.js';
import { SHOWING } from '../options.js';
import { oneLine } from '../show/text.js';

/** @import { Command } from '../types.js' */

/** @type {Command} */
export const explain = {
  name: 'explain',
  summary: 'say what an error code means, and what to do',
  usage: ['<code…>'],
  options: SHOWING,
  examples: ['explain APIC.9218'],
  async run({ positionals, output }) {
    if (positionals.length === 0) throw new UsageError('explain: expected a code, such as APIC.9218', 'explain');
    let code = EXIT.done;
    for (const asked of positionals) {
      const explanation = await explanationOf(asked);
      output.emit('explanation', { code: asked, meaning: null, advice: null, ...explanation });
      if (explanation === null) {
        code = EXIT.failed;
        output.complain(`${oneLine(asked)}: this version has no words for it`);
      } else {
        output.print(`${output.paint(1, explanation.code)}  ${explanation.meaning}`, `  ${explanation.advice}`);
      }
    }
    return code;
  },
};
