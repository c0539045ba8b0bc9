import { ask } from './ask.js';
import { checkAnswer, report } from './support.js';

await checkAnswer(ask);
report([`Node ${process.versions.node}`], null);
