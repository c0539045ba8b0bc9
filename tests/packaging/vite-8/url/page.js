import { init } from 'huaweicloud-tasks';
import module from 'huaweicloud-tasks/wasm?url';
import { ask } from '../ask.js';

await init({ module });
globalThis.ask = ask;
