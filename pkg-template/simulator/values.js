/** What kind of value something is that came in a request. */

/** Whether a value is text with something in it. */
export const isText = (value) => typeof value === 'string' && value !== '';

/** Whether a value is an object with names and values. */
export const isMap = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The JSON object in a body, or `null` when it holds none. */
export function readJson({ bytes }) {
  try {
    const value = JSON.parse(new TextDecoder().decode(bytes));
    return isMap(value) ? value : null;
  } catch {
    return null;
  }
}
