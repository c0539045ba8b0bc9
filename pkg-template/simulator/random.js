// @ts-check
/** Numbers that look random and follow from a few words only: the same words, the same numbers, on every platform. */

/** @import { Random } from './types.js' */

/**
 * FNV-1a, 32 bits, over UTF-16 code units.
 *
 * @param {string} text
 */
function hash(text) {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  return value >>> 0;
}

/**
 * A stream of numbers (mulberry32) that follows from the given words.
 *
 * @param {...(string | number)} words what the stream follows from
 * @returns {Random}
 * @example
 * const random = randomFrom(seed, id, 'timing');
 */
export function randomFrom(...words) {
  let state = hash(JSON.stringify(words));
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * A number between `low` and `high`, every one as likely.
 *
 * @param {Random} random
 * @param {number} low
 * @param {number} high
 */
export const between = (random, low, high) => low + (high - low) * random();

/**
 * A lognormal number, by its mean and its coefficient of variation.
 *
 * @param {Random} random
 * @param {number} mean
 * @param {number} variation
 */
export function lognormal(random, mean, variation) {
  const variance = Math.log(1 + variation ** 2);
  const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return mean * Math.exp(normal * Math.sqrt(variance) - variance / 2);
}

/**
 * An id as the service writes them: 32 hexadecimal digits.
 *
 * @param {Random} random
 */
export function randomId(random) {
  let id = '';
  while (id.length < 32)
    id += Math.floor(random() * 2 ** 32)
      .toString(16)
      .padStart(8, '0');
  return id;
}

/**
 * An id as the service writes them where they are UUIDs.
 *
 * @param {Random} random
 */
export const randomUuid = (random) => randomId(random).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');

/**
 * One of the items, each as likely.
 *
 * @template Item
 * @param {Random} random
 * @param {readonly Item[]} items
 */
export const choose = (random, items) => items[Math.floor(random() * items.length)];
