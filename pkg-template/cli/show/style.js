// @ts-check
// What a terminal can show: colours, blocks, lines that are drawn again.
import { ASCII, UNICODE } from './bar.js';

/** @import { Paint, Values } from '../types.js' */

/** @typedef {{ isTTY?: boolean }} Stream */

/**
 * Whether what is drawn can be drawn again.
 *
 * @param {Stream} stream
 * @param {NodeJS.ProcessEnv} env
 */
export const isLive = (stream, env) => stream.isTTY === true && env.TERM !== 'dumb';

/**
 * Gives the function that colours a text.
 *
 * @param {Stream} stream
 * @param {NodeJS.ProcessEnv} env
 * @param {Pick<Values, 'no-color'>} [values]
 * @returns {Paint}
 */
export function painter(stream, env, { 'no-color': isOff = false } = {}) {
  if (!isColoured(stream, env, isOff)) return (_code, text) => text;
  return (code, text) => (text === '' ? '' : `\x1b[${code}m${text}\x1b[0m`);
}

/**
 * As Node itself has it: FORCE_COLOR decides, then NO_COLOR, then whether it is a terminal.
 *
 * @param {Stream} stream
 * @param {NodeJS.ProcessEnv} env
 * @param {boolean} isOff
 */
function isColoured(stream, env, isOff) {
  if (isOff) return false;
  const { FORCE_COLOR: forced, NO_COLOR: refused } = env;
  if (forced !== undefined) return !/^(0|false)$/.test(forced);
  return !refused && isLive(stream, env);
}

/**
 * Blocks where the locale has them.
 *
 * @param {NodeJS.ProcessEnv} env
 */
export function glyphsFor(env, platform = process.platform) {
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG || '';
  const isUnicode = platform === 'win32' ? 'WT_SESSION' in env : platform === 'darwin' || /utf-?8/i.test(locale);
  return isUnicode ? UNICODE : ASCII;
}
