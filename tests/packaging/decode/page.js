import { ask } from './decode.js';

globalThis.ask = ask;
