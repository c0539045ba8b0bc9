// @ts-check
// Small pieces of text.

/**
 * What a service or a file says, fit for a terminal and a log: one line, and nothing that a terminal would obey.
 *
 * @param {string} text
 */
export const oneLine = (text) => text.replace(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]+/gu, ' ').trim();

/**
 * A duration as a clock shows it: 3:05, 1:03:05.
 *
 * @param {number} milliseconds
 */
export function clock(milliseconds) {
  const seconds = Math.max(0, Math.floor(milliseconds / 1_000));
  const [hours, minutes] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60];
  /** @param {number} value */
  const digits = (value) => String(value).padStart(2, '0');
  return hours > 0 ? `${hours}:${digits(minutes)}:${digits(seconds % 60)}` : `${minutes}:${digits(seconds % 60)}`;
}

/**
 * A duration in words: 0.3 s, 5 s, 3 min 5 s, 1 h 3 min.
 *
 * @param {number} milliseconds
 */
export function duration(milliseconds) {
  if (milliseconds < 1_000) return `${Math.max(0, Math.round(milliseconds / 100)) / 10} s`;
  const seconds = Math.round(milliseconds / 1_000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  const [whole, wholeUnit, rest, restUnit] =
    minutes < 60 ? [minutes, 'min', seconds % 60, 's'] : [Math.floor(minutes / 60), 'h', minutes % 60, 'min'];
  return rest === 0 ? `${whole} ${wholeUnit}` : `${whole} ${wholeUnit} ${rest} ${restUnit}`;
}

const UNITS = [
  { name: 'h', ms: 3_600_000, from: 5_400_000 },
  { name: 'min', ms: 60_000, from: 90_000 },
  { name: 's', ms: 1_000, from: 0 },
];

/**
 * When it may end, told as the range that it is.
 *
 * @param {{ earliest: number, latest: number }} eta
 * @param {number} now
 * @param {string} dash
 */
export function endsIn(eta, now, dash) {
  const [earliest, latest] = [eta.earliest - now, eta.latest - now];
  if (latest <= 0) return 'may end any moment';
  const { name, ms } = UNITS.find(({ from }) => latest >= from) ?? UNITS[UNITS.length - 1];
  const most = Math.max(1, Math.ceil(latest / ms));
  const least = Math.floor(earliest / ms);
  return least < 1 || least === most ? `ends within ${most} ${name}` : `ends in ${least}${dash}${most} ${name}`;
}

/**
 * An argument as a POSIX shell takes it.
 *
 * @param {string} text
 */
export const shellQuoted = (text) => (/^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`);

/**
 * A number of things: 1 API, 3 APIs.
 *
 * @param {number} number
 * @param {string} thing
 */
export const count = (number, thing) => `${number.toLocaleString('en-US')} ${thing}${number === 1 ? '' : 's'}`;

// Letters of East Asia and pictures are as wide as two others.
const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\u{1f300}-\u{3fffd}]/u;

/**
 * How many columns of a terminal a text takes.
 *
 * @param {string} text
 */
export function columnsOf(text) {
  let sum = 0;
  for (const character of text) sum += WIDE.test(character) ? 2 : /\p{M}/u.test(character) ? 0 : 1;
  return sum;
}

/**
 * A text of at most so many columns.
 *
 * @param {string} text
 * @param {number} width
 * @param {string} ellipsis
 */
export function cut(text, width, ellipsis) {
  if (columnsOf(text) <= width) return text;
  let kept = '';
  for (const character of text) {
    if (columnsOf(kept + character) > width - ellipsis.length) break;
    kept += character;
  }
  return (kept + ellipsis).slice(0, Math.max(0, width));
}

/**
 * Rows in columns.
 *
 * @param {string[][]} rows
 */
export function columns(rows, gap = '  ') {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => columnsOf(row[column])))) ?? [];
  /** @type {(cell: string, column: number) => string} */
  const padded = (cell, column) => cell + ' '.repeat(widths[column] - columnsOf(cell));
  return rows.map((row) => `  ${row.map(padded).join(gap)}`.trimEnd());
}
