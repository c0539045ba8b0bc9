import { object, wrong } from './checks.js';
import { completeTask } from './decode.js';
import { ask } from './exchange.js';
import { fileOf } from './file.js';
import { Operation, resume, watch } from './operation.js';
import { callOptions, clientOptions, ids, ownAndCallOptions } from './options.js';
import { watchAll } from './watch-all.js';

/** @see index.d.ts */
export function createClient(options) {
  return clientOf(clientOptions(options));
}

/** A client of options that were checked. */
export function clientOf(options) {
  // How long operations took, by kind: the schedules learn from it.
  const client = { ...options, durations: {} };
  const { projectId } = client;
  /** Sends a call with options of its own, which the module checks, and with ids and bounds that were checked here. */
  const send = (name, ids, own, bounds, file) => {
    for (const field of ['projectId', ...Object.keys(ids)]) {
      if (Object.hasOwn(own, field)) throw wrong(field, 'unknown; it is no option of a call');
    }
    return ask(name, { ...own, ...ids, projectId }, client, bounds, file);
  };
  /** A call that takes ids alone. */
  const read = async (name, given, options) => {
    const bounds = callOptions(options);
    return send(name, ids(given), {}, bounds);
  };
  /** A call that takes what it needs as its first argument. */
  const request = async (name, field, given, options) => {
    const bounds = callOptions(options);
    return send(name, {}, object(field, given), bounds);
  };

  const renderTasks = (filter = {}, options) => request('cvr.renderTasks', 'filter', filter, options);

  /** A key pair task, when it was dispatched. */
  const dispatch = async (name, given, options) => {
    const answer = await request(name, 'request', given, options);
    return answer.state === 'dispatched' ? new Operation(client, answer, { fresh: true }) : answer;
  };

  return {
    watch: (target, options) => watch(client, target, options),
    resume: (handle, options) => resume(client, handle, options),
    watchAll,
    apig: {
      gatewayProgress: (instanceId, options) => read('apig.gatewayProgress', { instanceId }, options),
      asyncTask: async (instanceId, taskId, options) =>
        completeTask(await read('apig.asyncTask', { instanceId, taskId }, options)),
      importApis: async (instanceId, file, options) => {
        const [own, bounds] = ownAndCallOptions(options);
        const { bytes, name } = await fileOf(file);
        const fileName = own.fileName ?? name;
        const started = await send('apig.importApis', ids({ instanceId }), { ...own, fileName }, bounds, bytes);
        return new Operation(client, { ...started, instanceId }, { fresh: true });
      },
      exportApis: async (instanceId, options) => {
        const [own, bounds] = ownAndCallOptions(options);
        const started = await send('apig.exportApis', ids({ instanceId }), own, bounds);
        return new Operation(client, { ...started, instanceId }, { fresh: true });
      },
    },
    roma: {
      instanceProgress: (instanceId, options) => read('roma.instanceProgress', { instanceId }, options),
    },
    sfsTurbo: {
      job: (jobId, options) => read('sfsTurbo.job', { jobId }, options),
    },
    kps: {
      associate: (given, options) => dispatch('kps.associate', given, options),
      disassociate: (given, options) => dispatch('kps.disassociate', given, options),
      task: (taskId, options) => read('kps.task', { taskId }, options),
    },
    cvr: {
      renderTasks,
      async *renderTaskPages(filter = {}, options) {
        let { offset = 0 } = object('filter', filter);
        for (;;) {
          const page = await renderTasks({ ...filter, offset }, options);
          if (page.renderTasks.length === 0) return;
          yield page;
          offset += page.renderTasks.length;
          if (page.count !== null && offset >= page.count) return;
        }
      },
    },
    iam: {
      token: async (given, options) => {
        const { raw: _, ...token } = await request('iam.token', 'request', given, options);
        return token;
      },
    },
  };
}
