import { init } from 'huaweicloud-tasks';
import module from 'huaweicloud-tasks/wasm';
import { ask } from './ask.js';

await init({ module });
globalThis.ask = ask;
