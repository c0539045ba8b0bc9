import { completeTask } from './decode.js';
import { fileOf } from './file.js';
import { call } from './instance.js';
import { callOptions, clientOptions, ids, ownAndCallOptions } from './options.js';

/** @see index.d.ts */
export function createClient(options) {
  return clientOf(clientOptions(options));
}

/** A client of options that were checked. */
export function clientOf(client) {
  const { projectId } = client;
  const send = (name, args, bounds, file) => call(name, { projectId, ...args }, { ...host(client, bounds), file });

  /** A call whose arguments are ids alone. */
  const ask = async (name, given, options) => {
    const bounds = callOptions(options);
    return send(name, ids(given), bounds);
  };
  /** A call with options of its own, which the module checks. */
  const askWith = async (name, given, options, file) => {
    const [own, bounds] = ownAndCallOptions(options);
    return send(name, { ...own, ...ids(given) }, bounds, file);
  };

  return {
    apig: {
      gatewayProgress: (instanceId, options) => ask('apig.gatewayProgress', { instanceId }, options),
      asyncTask: async (instanceId, taskId, options) =>
        completeTask(await ask('apig.asyncTask', { instanceId, taskId }, options)),
      importApis: async (instanceId, file, options) => {
        const { bytes, name } = await fileOf(file);
        const started = await askWith('apig.importApis', { instanceId }, { fileName: name, ...options }, bytes);
        return { ...started, instanceId };
      },
      exportApis: async (instanceId, options) => ({
        ...(await askWith('apig.exportApis', { instanceId }, options)),
        instanceId,
      }),
    },
    roma: {
      instanceProgress: (instanceId, options) => ask('roma.instanceProgress', { instanceId }, options),
    },
    sfsTurbo: {
      job: (jobId, options) => ask('sfsTurbo.job', { jobId }, options),
    },
    kps: {
      associate: (request, options) => askWith('kps.associate', {}, { ...request, ...callOptions(options) }),
      disassociate: (request, options) => askWith('kps.disassociate', {}, { ...request, ...callOptions(options) }),
      task: (taskId, options) => ask('kps.task', { taskId }, options),
    },
    cvr: {
      renderTasks: (query, options) => askWith('cvr.renderTasks', {}, { ...query, ...callOptions(options) }),
      async *renderTaskPages(query = {}, options) {
        let offset = query.offset ?? 0;
        for (;;) {
          const page = await this.renderTasks({ ...query, offset }, options);
          if (page.renderTasks.length > 0) yield page;
          offset += page.renderTasks.length;
          if (page.renderTasks.length === 0 || offset >= page.count) return;
        }
      },
    },
    iam: {
      token: (request, options) => askWith('iam.token', {}, { ...request, ...callOptions(options) }),
    },
  };
}

/** What the module needs of the client. Functions are wrapped so that whatever they do, they give a promise. */
function host({ token, fetch = globalThis.fetch, allowInsecure: _, ...client }, bounds) {
  return {
    ...client,
    ...bounds,
    token: token === null ? null : async (expired) => (typeof token === 'function' ? token({ expired }) : token),
    fetch: typeof fetch === 'function' ? async (url, init) => fetch(url, init) : null,
  };
}
