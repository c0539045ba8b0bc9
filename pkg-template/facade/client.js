import { completeTask } from './decode.js';
import { call } from './instance.js';
import { callArguments, callOptions, clientOptions } from './options.js';

/** @see index.d.ts */
export function createClient(options) {
  const { projectId, ...client } = clientOptions(options);

  const ask = async (name, args, options) => {
    const { signal, timeoutMs = client.timeoutMs } = callOptions(options);
    return call(name, callArguments({ projectId, ...args }), { ...host(client), signal, timeoutMs });
  };

  return {
    apig: {
      gatewayProgress: (instanceId, options) => ask('apig.gatewayProgress', { instanceId }, options),
      asyncTask: async (instanceId, taskId, options) =>
        completeTask(await ask('apig.asyncTask', { instanceId, taskId }, options)),
    },
  };
}

/** What the module needs of the client. Functions are wrapped so that whatever they do, they give a promise. */
function host({ endpoint, region, token, fetch = globalThis.fetch }) {
  return {
    endpoint,
    region,
    token: token === null ? null : async () => (typeof token === 'function' ? token() : token),
    fetch: typeof fetch === 'function' ? async (url, init) => fetch(url, init) : null,
  };
}
