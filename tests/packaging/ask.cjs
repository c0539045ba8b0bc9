// The same as ask.js, for `require`.
const { createClient, decodeAsyncTask } = require('huaweicloud-tasks');

exports.ask = async function ask(endpoint, body) {
  const cloud = createClient({ endpoint, projectId: 'project', token: 'simulator-token' });
  const gateway = await cloud.apig.gatewayProgress('gateway-1');
  return { gateway, task: decodeAsyncTask(body) };
};
