import { report, versionOf } from './support.js';
import { checkVite } from './vite.js';

const browser = await checkVite({ served: 0 });
report([versionOf('vite'), browser], 1, 'bytes.js in development');
