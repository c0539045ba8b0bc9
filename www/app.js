import { byId, el, setText } from './dom.js';

/** Loads the package and brings every section of the page to life. A failure to load is said on the page. */
async function start() {
  const [{ init }, { connect, simulatedClient }, gateway, tasks, decode, errors, sizes] = await Promise.all([
    import('/pkg/index.js'),
    import('./client.js'),
    import('./gateway.js'),
    import('./tasks.js'),
    import('./decode.js'),
    import('./errors.js'),
    import('./sizes.js'),
  ]);
  const connection = await connect();
  await init();
  setText(byId('mode'), modeInWords(connection));
  const upstream = connection.mode === 'upstream';
  gateway.begin(connection);
  tasks.begin(connection);
  await decode.begin();
  errors.begin(upstream ? await simulatedClient() : connection.cloud, { upstream });
  sizes.show(connection.sizes);
}

function modeInWords({ mode, inPage, speed }) {
  if (mode === 'upstream') return 'Connected to a real service. The page never sees the token.';
  return `Simulated ${inPage ? 'in this page' : 'on this server'}, ${speed} times as fast. No account needed.`;
}

start().catch((error) => {
  setText(byId('mode'), 'Not running');
  byId('notice').append(el('p', { class: 'notice', role: 'alert' }, `The package could not be loaded here. ${error}`));
});
