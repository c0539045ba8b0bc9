import { report, versionOf } from './support.js';
import { checkVite } from './vite.js';

const browser = await checkVite({ served: 1 });
await checkVite({ served: 1, root: 'url' });
report([versionOf('vite'), browser], 1);
