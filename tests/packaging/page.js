// A page's script. Whoever opens the page calls `ask`.
import { ask } from './ask.js';

globalThis.ask = ask;
