// What an application does: it asks a service over HTTP, and decodes a body that it has already.
import { createClient, decodeAsyncTask } from 'huaweicloud-tasks';

export async function ask(endpoint, body) {
  const cloud = createClient({ endpoint, projectId: 'project', token: 'simulator-token' });
  const gateway = await cloud.apig.gatewayProgress('gateway-1');
  return { gateway, task: decodeAsyncTask(body) };
}
