/** The React hook of the recipes and its component, in StrictMode. */
import { join } from 'node:path';
import { after } from 'node:test';

import { bundle, react, siteOf } from './bundle.js';
import { recipe, write } from './recipe.js';
import { testUseOperation } from './use-operation.js';

const MAIN = `
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { GatewayProgress } from './GatewayProgress';

const root = createRoot(document.getElementById('root'));
globalThis.show = (id) => root.render(<StrictMode>{id && <GatewayProgress instanceId={id} />}</StrictMode>);
`;

const folder = write(after, { ...recipe('What pages share'), ...recipe('React'), 'main.tsx': MAIN });
const script = await bundle(join(folder, 'main.tsx'), react);

testUseOperation('useOperation in React', await siteOf(script));
