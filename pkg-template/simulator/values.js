// @ts-check
/** What kind of value something is that came in a request. */

/** @import { JsonObject, SimulatedRequest } from './types.js' */

/**
 * Whether a value is text with something in it.
 *
 * @param {unknown} value
 */
export const isText = (value) => typeof value === 'string' && value !== '';

/**
 * Whether a value is an object with names and values.
 *
 * @param {unknown} value
 * @returns {value is JsonObject}
 */
export const isMap = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * The JSON object in a body, or `null` when it holds none.
 *
 * @param {SimulatedRequest} request
 */
export function readJson({ bytes }) {
  try {
    const value = JSON.parse(new TextDecoder().decode(bytes));
    return isMap(value) ? value : null;
  } catch {
    return null;
  }
}
