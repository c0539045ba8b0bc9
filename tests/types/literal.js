// Values as TypeScript writes them.
import { UNKNOWN } from './bodies.js';

// What no type tells of.
const INTERNAL = ['constructor'];

// What a handle has for `resume`, and no type tells.
const HANDLE = ['version', 'kind', 'ids', 'owner'];

/** What a literal refers to: a word that is not documented, and a method. */
export const PREAMBLE = `declare const unknownWord: import('huaweicloud-tasks').UnknownWord;
declare const method: never;
`;

/** A value as a literal. Every property of it is there, also those that a log does not show. */
export function literal(value) {
  if (value === UNKNOWN) return 'unknownWord';
  if (typeof value === 'function') return 'method';
  if (value === undefined) return 'undefined';
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  const written = propertiesOf(value).map(([name, property]) => `${name}: ${literal(property)}`);
  return `{ ${written.join(', ')} }`;
}

/** The properties of a value by their names as they are written. */
function propertiesOf(value) {
  const names = Object.getOwnPropertyNames(value).filter((name) => !('check' in value) || HANDLE.includes(name));
  if (value instanceof Error) {
    // The stack is the engine's own, and the cause may be anything.
    const own = names.filter((name) => name !== 'stack' && name !== 'cause');
    return [...own, 'name'].map((name) => [name, value[name]]).concat('cause' in value ? [['cause', null]] : []);
  }
  if (value[Symbol.asyncIterator] === undefined) return names.map((name) => [JSON.stringify(name), value[name]]);
  const methods = Object.getOwnPropertyNames(Object.getPrototypeOf(value)).filter((name) => !INTERNAL.includes(name));
  const known = [...names, ...methods].map((name) => [JSON.stringify(name), value[name]]);
  return [...known, ['[Symbol.asyncIterator]', value[Symbol.asyncIterator]]];
}
