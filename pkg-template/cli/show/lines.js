// @ts-check
// Progress where nothing can be drawn again: a line for each change, with its time.
import { isOver, percentOf } from './bar.js';
import { duration, endsIn, oneLine } from './text.js';

/** @import { Writable } from 'node:stream' */
/** @import { Progress, Shown } from '../types.js' */

/** @param {number} milliseconds */
const timeOf = (milliseconds) => `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;

/** @type {(stream: Writable) => Progress} */
export const createLines = (stream) => ({
  begin() {},
  change: (row) => stream.write(`${timeOf(Date.now())} ${lineOf(row, Date.now())}\n`),
  end() {},
});

/**
 * How an operation fares, in words; nothing depends on how wide the screen is.
 *
 * @param {Pick<Shown, 'label' | 'view'>} row
 * @param {number} now
 */
export function lineOf({ label, view }, now) {
  if (view === null) return `${label}: not asked yet`;
  const { state, status, eta, slow, elapsedMs } = view;
  const pieces = [
    state === 'unknown' ? oneLine(status) : state,
    isOver({ view }) ? '' : percentOf(view),
    `after ${duration(elapsedMs)}`,
    slow ? 'slower than usual' : '',
    eta ? endsIn(eta, now, '-') : '',
  ];
  return `${label}: ${pieces.filter(Boolean).join(', ')}`;
}
