// Every entry by itself, and that what they share is the same.
import * as whole from 'huaweicloud-tasks';
import { decodeAsyncTask, init, type AsyncTask } from 'huaweicloud-tasks/decode';
import decoder from 'huaweicloud-tasks/decode/wasm';
import { AuthError, isTasksError, type ErrorKind } from 'huaweicloud-tasks/errors';
import { explain } from 'huaweicloud-tasks/explain';
import { createClient } from 'huaweicloud-tasks/inline';
import { createSimulator } from 'huaweicloud-tasks/simulator';
import module from 'huaweicloud-tasks/wasm';

const fetch = createSimulator({ speed: 60 });
const cloud: whole.Client = createClient({ region: 'cn-north-4', projectId: 'p', token: 't', fetch });
const task: whole.AsyncTask = decodeAsyncTask('{}') satisfies AsyncTask;
const same: typeof whole.AuthError = AuthError;
try {
  await whole.init({ module });
  await init({ module: decoder });
} catch (error) {
  const kind: ErrorKind | null = isTasksError(error) ? error.kind : null;
  console.log(kind, error instanceof same && explain(error.code)?.advice, cloud, task);
}
