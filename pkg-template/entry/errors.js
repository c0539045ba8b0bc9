// @ts-check
export * from '../facade/errors.js';
