// @ts-check
import * as glue from '#glue';
import { call } from './call.js';
import { object } from './checks.js';
import { Operation, poll, resume, watch } from './operation.js';
import { clientOptions, groupOf } from './options.js';
import { watchAll } from './watch-all.js';

/**
 * @import { CallOptions, Client, OperationKind, RenderTaskFilter, RequestBudget } from 'huaweicloud-tasks'
 * @import { CheckedClient } from '#glue'
 */

/** @see index.d.ts @param {unknown} options */
export function createClient(options) {
  return clientOf(clientOptions(options));
}

/**
 * A client of options that were checked.
 *
 * @param {{ budget?: RequestBudget, [option: string]: unknown }} options
 * @returns {Client}
 */
export function clientOf(options) {
  const learnt = { group: groupOf(options.budget), durations: Object.create(null) };
  /** @type {CheckedClient} */
  const client = Object.freeze(Object.assign(Object.create(null), options, learnt));

  /** @param {RenderTaskFilter} [filter] @param {CallOptions} [options] */
  const renderTasks = (filter, options) => call(() => glue.cvrRenderTasks(client, filter, options));

  /**
   * An operation that a call started; one that was not dispatched is an answer. `any`: an operation has what it was
   * answered with, which its class does not declare.
   *
   * @param {() => Promise<{ kind: OperationKind, state?: string }>} start
   * @param {object} [ids]
   * @returns {Promise<any>}
   */
  const begin = async (start, ids) => {
    const started = await call(start, true);
    if (started.state !== undefined && started.state !== 'dispatched') return started;
    return new Operation(client, { ...started, ...ids }, { isFresh: true });
  };

  return {
    watch: watch.bind(null, client),
    resume: resume.bind(null, client),
    poll: poll.bind(null, client),
    watchAll,
    apig: {
      /** @type {Client['apig']['gatewayProgress']} */
      gatewayProgress: (instanceId, options) => call(() => glue.apigGatewayProgress(client, instanceId, options)),
      /** @type {Client['apig']['asyncTask']} */
      asyncTask: (instanceId, taskId, options) => call(() => glue.apigAsyncTask(client, instanceId, taskId, options)),
      /** @type {Client['apig']['importApis']} */
      importApis: (instanceId, file, options) =>
        begin(() => glue.apigImportApis(client, instanceId, file, options), { instanceId }),
      /** @type {Client['apig']['exportApis']} */
      exportApis: (instanceId, options) =>
        begin(() => glue.apigExportApis(client, instanceId, options), { instanceId }),
    },
    roma: {
      /** @type {Client['roma']['instanceProgress']} */
      instanceProgress: (instanceId, options) => call(() => glue.romaInstanceProgress(client, instanceId, options)),
    },
    sfsTurbo: {
      /** @type {Client['sfsTurbo']['job']} */
      job: (jobId, options) => call(() => glue.sfsTurboJob(client, jobId, options)),
    },
    kps: {
      /** @type {Client['kps']['associate']} */
      associate: (request, options) => begin(() => glue.kpsAssociate(client, request, options)),
      /** @type {Client['kps']['disassociate']} */
      disassociate: (request, options) => begin(() => glue.kpsDisassociate(client, request, options)),
      /** @type {Client['kps']['task']} */
      task: (taskId, options) => call(() => glue.kpsTask(client, taskId, options)),
    },
    cvr: {
      renderTasks,
      /** @type {Client['cvr']['renderTaskPages']} */
      async *renderTaskPages(filter = {}, options) {
        object('filter', filter);
        let { offset = 0 } = filter;
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
      /** @type {Client['iam']['token']} */
      token: (request, options) => call(() => glue.iamToken(client, request, options), true),
    },
  };
}
