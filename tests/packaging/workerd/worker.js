import { createClient } from 'huaweicloud-tasks';
import { ask } from './ask.js';

/** @type {import('huaweicloud-tasks').Client | undefined} */
let shared;

/** The views of a gateway's creation, by a client that all requests of the isolate share. */
async function watched({ endpoint, instanceId }) {
  shared ??= createClient({ endpoint, projectId: 'project', token: 'token', maxRetries: 0 });
  const operation = shared.watch({ kind: 'apig.gateway', instanceId }, { schedule: { intervalMs: 100 } });
  const views = [];
  for await (const view of operation) views.push(view);
  return { first: views[0].percent, last: views.at(-1).percent, state: views.at(-1).state };
}

const answers = {
  '/ask': ({ endpoint, body }) => ask(endpoint, body),
  '/signed': ({ endpoint, credentials }) =>
    createClient({ endpoint, projectId: 'project', credentials }).apig.gatewayProgress('gateway-1'),
  '/watched': watched,
};

export default {
  async fetch(request) {
    const answer = answers[new URL(request.url).pathname];
    try {
      return Response.json(await answer(await request.json()));
    } catch (error) {
      return new Response(error.stack, { status: 500 });
    }
  },
};
