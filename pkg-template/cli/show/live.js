// @ts-check
// Progress on a terminal: lines that are drawn again in their place.
import { writeSync } from 'node:fs';

import { renderBars } from './bar.js';
import { columnsOf } from './text.js';

/** @import { WriteStream } from 'node:tty' */
/** @import { Glyphs, Paint, Progress, Shown } from '../types.js' */

const FRAME_MS = 250;
const [HIDE_CURSOR, SHOW_CURSOR, CLEAR_LINE, CLEAR_BELOW] = ['\x1b[?25l', '\x1b[?25h', '\x1b[K', '\x1b[J'];
const STYLE = /\x1b\[[\d;]*m/g;

/**
 * Shows the rows that `begin` is given as they are at each moment, until `end` takes them away.
 *
 * @param {WriteStream & { fd: number }} stream
 * @param {{ glyphs: Glyphs, paint: Paint }} style
 * @returns {Progress}
 */
export function createLive(stream, { glyphs, paint }) {
  /** @type {Shown[]} */
  let rows = [];
  /** @type {number[]} */
  let drawn = [];
  /** @type {NodeJS.Timeout | undefined} */
  let timer;

  /** Back to the first line, also where a narrower screen has broken lines in two. */
  const home = () => {
    const height = drawn.reduce((sum, width) => sum + Math.max(1, Math.ceil(width / screen().width)), 0);
    return height > 1 ? `\r\x1b[${height - 1}A` : '\r';
  };
  const screen = () => ({ width: Math.max(10, stream.columns || 80), height: stream.rows || 24 });

  function draw() {
    const lines = renderBars(rows, { now: Date.now(), ...screen(), glyphs, paint });
    stream.write(home() + lines.map((line) => line + CLEAR_LINE).join('\n') + CLEAR_BELOW);
    drawn = lines.map((line) => columnsOf(line.replaceAll(STYLE, '')));
  }

  // Whatever ends the program, the cursor is there again. Nothing asynchronous is written by then.
  const restore = () => {
    try {
      writeSync(stream.fd, SHOW_CURSOR);
    } catch {
      // The terminal is gone.
    }
  };

  // Ctrl-Z gives the terminal to the shell for a while.
  const suspend = () => {
    restore();
    drawn = [];
    process.kill(process.pid, 'SIGSTOP');
  };
  const goOn = () => {
    stream.write(HIDE_CURSOR);
    draw();
  };

  return {
    begin(shown) {
      rows = shown;
      drawn = [];
      process.on('exit', restore).on('SIGTSTP', suspend).on('SIGCONT', goOn);
      goOn();
      timer = setInterval(draw, FRAME_MS);
      stream.on('resize', draw);
    },
    change: draw,
    end() {
      clearInterval(timer);
      stream.off('resize', draw);
      stream.write(home() + CLEAR_BELOW + SHOW_CURSOR);
      process.off('exit', restore).off('SIGTSTP', suspend).off('SIGCONT', goOn);
    },
  };
}
