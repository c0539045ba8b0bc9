/**
 * Makes an element. Children are elements or text; text is never read as markup.
 *
 * @param {string} name the tag
 * @param {Record<string, string | number | boolean>} [attributes] `true` sets an empty attribute, `false` none
 * @param {...(Node | string)} children
 * @returns {HTMLElement}
 * @example
 * el('p', { class: 'note' }, 'Two ', el('b', {}, 'words'))
 */
export function el(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== false) element.setAttribute(key, value === true ? '' : String(value));
  }
  element.append(...children);
  return element;
}

/** The element with an id. The page's own markup holds all of them. */
export const byId = (id) => document.getElementById(id);

/** Writes text only when it is new, so that a live region stays silent when nothing has changed. */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/**
 * What a service or a visitor wrote, as text that fits on a page.
 *
 * @param {unknown} value anything; what is not text or a number is shown as a dash
 * @param {number} [limit] the most characters to show
 */
export function shown(value, limit = 300) {
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string' || value === '') return '–';
  return value.length > limit ? `${value.slice(0, limit)} …` : value;
}

/** A whole number with its groups set apart, such as `12,345`. */
export const number = (value) => value.toLocaleString('en');

/** A number with its noun: `1 API`, `2 APIs`. */
export const count = (value, noun) => `${number(value)} ${noun}${value === 1 ? '' : 's'}`;

/** Milliseconds in words: `8 s`, `5 min 24 s`, `1 h 2 min`. */
export function duration(milliseconds) {
  const seconds = Math.max(0, Math.floor(milliseconds / 1_000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 60 ? `${minutes} min ${seconds % 60} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** A badge: a word, and the tone it is said in. */
export const badge = (tone, word) => el('span', { class: 'badge', 'data-tone': tone }, word);

/** A list of names and values. Values are text or elements. */
export function facts(entries, className = 'facts') {
  const rows = entries.map(([name, value]) => el('div', {}, el('dt', {}, name), el('dd', {}, value)));
  return el('dl', { class: className }, ...rows);
}
