// @ts-check
// The progress of operations as lines of text: a pure function of what is known, the time and the width.
import { clock, columnsOf, cut, endsIn, oneLine } from './text.js';

/** @import { OperationView } from 'huaweicloud-tasks' */
/** @import { Glyphs, Paint, Shown } from '../types.js' */

/** @typedef {{ now: number, glyphs: Glyphs, paint: Paint }} Style */
/** @typedef {ReturnType<typeof describe>} Texts the pieces of a line */

const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/** @type {Glyphs} */
export const UNICODE = { full: '█', parts: EIGHTHS, track: '░', dash: '–', ellipsis: '…' };
/** @type {Glyphs} */
export const ASCII = { full: '#', parts: [''], track: '-', dash: '-', ellipsis: '..' };

const COLOURS = {
  succeeded: 32,
  steady: 32,
  partial: 33,
  failed: 31,
  cancelled: 31,
  running: 36,
  waiting: 36,
  unknown: 35,
};

const [LONGEST_LABEL, SHORTEST_LABEL] = [36, 8];
const [LONGEST_BAR, SHORTEST_BAR] = [40, 6];
const PULSE_MS = 250;
const GAP = 1;

/**
 * One line for each operation, each narrower than the screen.
 *
 * @param {Shown[]} shown
 * @param {Style & { width: number, height: number }} screen
 */
export function renderBars(shown, { now, width, height, glyphs, paint }) {
  const rows = visible(shown, Math.max(1, height - 1));
  const texts = rows.map((row) => describe(row, now, glyphs));
  const layout = layoutOf(texts, width - 1);
  const lines = texts.map((text, index) => line(rows[index], text, layout, { now, glyphs, paint }));
  if (rows.length === shown.length) return lines;
  return [...lines, paint(2, cut(rest(shown, rows), width - 1, glyphs.ellipsis))];
}

/**
 * What is running is shown first where not all has room, and a line tells of the rest.
 *
 * @param {Shown[]} shown
 * @param {number} height
 */
function visible(shown, height) {
  if (shown.length <= height) return shown;
  const runningFirst = [...shown].sort((a, b) => Number(isOver(a)) - Number(isOver(b)));
  const chosen = new Set(runningFirst.slice(0, Math.max(1, height - 1)));
  return shown.filter((row) => chosen.has(row));
}

/**
 * Whether there is nothing more to come.
 *
 * @param {{ view: OperationView | null, error?: unknown }} row
 */
export const isOver = ({ view, error }) =>
  Boolean(error) || /^(succeeded|steady|partial|failed|cancelled)$/.test(view?.state ?? '');

/**
 * @param {Shown[]} shown
 * @param {Shown[]} rows
 */
function rest(shown, rows) {
  const states = shown.filter((row) => !rows.includes(row)).map(stateOf);
  const counts = [...new Set(states)].map((state) => `${states.filter((other) => other === state).length} ${state}`);
  return `and ${states.length} more: ${counts.join(', ')}`;
}

/** @param {Shown} row */
const stateOf = ({ view, error }) => {
  if (error) return 'error';
  if (view === null) return 'asking';
  return view.state === 'unknown' ? oneLine(view.status) : view.state;
};

/**
 * The pieces of a line, in words.
 *
 * @param {Shown} row
 * @param {number} now
 * @param {Glyphs} glyphs
 */
function describe(row, now, { dash }) {
  const { label, view, seenAt, beganAt } = row;
  const state = stateOf(row);
  if (view === null) return { label, percent: '', state, elapsed: clock(now - beganAt), note: '' };
  const over = isOver(row);
  const { eta, slow } = view;
  return {
    label,
    percent: over ? '' : percentOf(view),
    state,
    elapsed: clock(over ? view.elapsedMs : view.elapsedMs + now - seenAt),
    note: over ? '' : [slow ? 'slower than usual' : '', eta ? endsIn(eta, now, dash) : ''].filter(Boolean).join(', '),
  };
}

const PIECES = /** @type {const} */ (['percent', 'state', 'elapsed', 'note']);

/**
 * What a narrow screen goes without, the less the better.
 *
 * @type {(keyof Texts)[][]}
 */
const OMISSIONS = [[], ['note'], ['note', 'elapsed'], ['note', 'elapsed', 'percent']];

/**
 * The service's percentage, else the one that the time speaks for.
 *
 * @param {OperationView} view
 */
export function percentOf({ percent, estimatedPercent }) {
  if (percent !== null) return `${percent} %`;
  return estimatedPercent === null ? '' : `~${estimatedPercent} %`;
}

/**
 * How wide each column is. The bar gives way first, then the label.
 *
 * @param {Texts[]} texts
 * @param {number} width
 */
function layoutOf(texts, width) {
  /** @param {keyof Texts} piece */
  const widest = (piece) => Math.max(...texts.map((text) => columnsOf(text[piece])));
  /** @type {Record<string, number>} */
  let layout = {};
  for (const omitted of OMISSIONS) {
    const kept = PIECES.filter((piece) => !omitted.includes(piece));
    const wanted = kept.map((piece) => /** @type {const} */ ([piece, widest(piece)]));
    const taken = wanted.reduce((sum, [, column]) => sum + (column && column + GAP), 0);
    const longest = Math.min(widest('label'), LONGEST_LABEL);
    const label = Math.min(longest, Math.max(SHORTEST_LABEL, width - taken - SHORTEST_BAR - GAP));
    const bar = Math.min(width - taken - label - GAP, LONGEST_BAR);
    layout = { ...Object.fromEntries(wanted), label, bar: Math.max(0, bar), width };
    if (bar >= SHORTEST_BAR) break;
  }
  return layout;
}

/**
 * @param {Shown} row
 * @param {Texts} text
 * @param {Record<string, number>} layout
 * @param {Style} style
 */
function line(row, text, layout, { now, glyphs, paint }) {
  const { view } = row;
  const colour = COLOURS[row.error ? 'failed' : (view?.state ?? 'waiting')];
  /** @type {[name: keyof Texts | 'bar', dress: (piece: string) => string][]} */
  const pieces = [
    ['label', (piece) => piece],
    ['bar', () => bar(row, layout.bar, { now, glyphs, paint, colour })],
    ['percent', (piece) => piece],
    ['state', (piece) => paint(colour, piece)],
    ['elapsed', (piece) => piece],
    ['note', (piece) => paint(view?.slow ? 33 : 2, piece)],
  ];
  let left = layout.width;
  return pieces
    .filter(([name]) => {
      if (!(layout[name] > 0)) return false;
      left -= layout[name] + GAP;
      return left + GAP >= 0;
    })
    .map(([name, dress]) => dress(fitted(name === 'bar' ? '' : text[name], layout[name], name, glyphs)))
    .join(' ');
}

/**
 * A text in a column, numbers to the right.
 *
 * @param {string} text
 * @param {number} width
 * @param {string} name
 * @param {Glyphs} glyphs
 */
function fitted(text, width, name, { ellipsis }) {
  const short = cut(text, width, ellipsis);
  const space = ' '.repeat(Math.max(0, width - columnsOf(short)));
  return /percent|elapsed/.test(name) ? space + short : short + space;
}

/**
 * @param {Shown} row
 * @param {number} width
 * @param {Style & { colour: number }} style
 */
function bar(row, width, { now, glyphs, paint, colour }) {
  const { view } = row;
  const isDone = /^(succeeded|steady|partial)$/.test(view?.state ?? '');
  const percent = isDone ? 100 : (view?.percent ?? view?.estimatedPercent ?? null);
  if (percent === null && !isOver(row)) return pulse(width, { now, glyphs, paint, colour });
  const steps = glyphs.parts.length;
  const filled = Math.round((Math.min(Math.max(percent ?? 0, 0), 100) / 100) * width * steps);
  const done = glyphs.full.repeat(Math.floor(filled / steps)) + glyphs.parts[filled % steps];
  return paint(colour, done) + paint(2, glyphs.track.repeat(width - done.length));
}

/**
 * A piece that wanders: something happens, and nobody knows how much is left.
 *
 * @param {number} width
 * @param {Style & { colour: number }} style
 */
function pulse(width, { now, glyphs, paint, colour }) {
  const size = Math.max(1, Math.floor(width / 4));
  const span = width - size;
  const step = Math.floor(now / PULSE_MS) % Math.max(1, 2 * span);
  const start = step <= span ? step : 2 * span - step;
  /** @param {number} length */
  const track = (length) => paint(2, glyphs.track.repeat(length));
  return track(start) + paint(colour, glyphs.full.repeat(size)) + track(span - start);
}
