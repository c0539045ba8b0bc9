// A CommonJS program.
import tasks = require('huaweicloud-tasks');

const options: tasks.ClientOptions = { region: 'cn-north-4', projectId: 'p', token: async () => 'x' };
const cloud: tasks.Client = tasks.createClient(options);

async function main(): Promise<string> {
  const progress: tasks.GatewayProgress = await cloud.apig.gatewayProgress('i');
  if (progress.state === 'failed') return `${progress.error.code}`;
  return tasks.decodeAsyncTask('{}').id;
}

main().catch((error: unknown) => {
  if (error instanceof tasks.ConfigError) return error.field;
  if (tasks.isTasksError(error)) return error.kind;
  throw error;
});
