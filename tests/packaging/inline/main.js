import { createClient, decodeAsyncTask } from 'huaweicloud-tasks/inline';

globalThis.ask = async (endpoint, body) => {
  const cloud = createClient({ endpoint, projectId: 'project', token: 'simulator-token' });
  const gateway = await cloud.apig.gatewayProgress('gateway-1');
  return { gateway, task: decodeAsyncTask(body) };
};
