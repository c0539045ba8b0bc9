/** The Vue composable of the recipes and its component. */
import { join } from 'node:path';
import { after } from 'node:test';

import { bundle, siteOf, vue } from './bundle.js';
import { recipe, write } from './recipe.js';
import { onScreen } from './screen.js';
import { testUseOperation } from './use-operation.js';

const MAIN = `
import { createApp, h, ref } from 'vue';
import GatewayProgress from './GatewayProgress.vue';

const shown = ref(null);
createApp(() => shown.value && h(GatewayProgress, { instanceId: shown.value })).mount('#root');
globalThis.show = (id) => { shown.value = id; };
`;

/** Shows the same operation, given in each way that the composable takes. */
const WAYS = `
import { createApp, h, ref, shallowRef } from 'vue';
import { cloud } from './cloud';
import { useOperation } from './useOperation';

const operation = cloud.watch({ kind: 'apig.gateway', instanceId: 'gateway-1' });
const ways = { plain: operation, ref: ref(operation), shallowRef: shallowRef(operation), getter: () => operation };
for (const [id, way] of Object.entries(ways)) {
  const setup = () => {
    const { view, isOver } = useOperation(way);
    return () => h('output', { id }, [view.value?.state, isOver.value].join());
  };
  createApp({ setup }).mount(document.body.appendChild(document.createElement('div')));
}
`;

const folder = write(after, { ...recipe('What pages share'), ...recipe('Vue'), 'main.ts': MAIN, 'ways.ts': WAYS });
const pageOf = async (name) => siteOf(await bundle(join(folder, name), vue));

testUseOperation('useOperation in Vue', await pageOf('main.ts'));

onScreen('useOperation in Vue takes an operation, a ref or a getter', await pageOf('ways.ts'), async (screen) => {
  await screen.page.goto('/index.html');
  for (const id of ['plain', 'ref', 'shallowRef', 'getter']) await screen.passUntil(`#${id}`, 'succeeded,true');
});
