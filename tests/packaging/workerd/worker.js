import { createClient } from 'huaweicloud-tasks';
import { ask } from './ask.js';

const answers = {
  '/ask': ({ endpoint, body }) => ask(endpoint, body),
  '/signed': ({ endpoint, credentials }) =>
    createClient({ endpoint, projectId: 'project', credentials }).apig.gatewayProgress('gateway-1'),
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
