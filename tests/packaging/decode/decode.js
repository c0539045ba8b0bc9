import { decodeAsyncTask, init } from 'huaweicloud-tasks/decode';

export async function ask(body) {
  await init();
  return decodeAsyncTask(body);
}
