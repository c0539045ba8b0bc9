// Gateways, tasks, errors and the simulator as a user would write it: every call, every field, every class.
import {
  type AsyncTask,
  type CallOptions,
  type ClientOptions,
  AbortedError,
  ApiError,
  AuthError,
  ConfigError,
  ConnectionError,
  createClient,
  DecodeError,
  decodeAsyncTask,
  type ErrorKind,
  type GatewayProgress,
  init,
  type InitOptions,
  isTasksError,
  NotFoundError,
  PermissionError,
  RateLimitError,
  ServerError,
  TasksError,
  TimeoutError,
} from 'huaweicloud-tasks';
import { explain } from 'huaweicloud-tasks/explain';
import { createSimulator, scenarios, type SimulatorOptions } from 'huaweicloud-tasks/simulator';

const simulated: SimulatorOptions = {
  seed: 1,
  speed: 60,
  clock: () => Date.now(),
  token: 'x',
  tokenLifetimeMs: 60_000,
  user: 'u',
  password: 'p',
  domain: 'd',
  credentials: { accessKey: 'a', secretKey: 's', securityToken: 't' },
  throttle: { limit: 10, windowMs: 60_000 },
};
const simulator = createSimulator(simulated);
simulator.speed = 5;
simulator.advance(1_000);
const now: number = simulator.now();

const region: ClientOptions = { region: 'cn-north-4', projectId: 'p', token: () => 'x' };
const endpoint: ClientOptions = { endpoint: '/huawei', projectId: 'p', token: null, fetch: simulator, timeoutMs: 5e3 };
const asynchronous: ClientOptions = { endpoint: 'https://h', projectId: 'p', token: async () => 'x', fetch };
const clients = [region, endpoint, asynchronous].map(createClient);
const options: CallOptions = { signal: new AbortController().signal, timeoutMs: 5_000, maxRetries: 1 };

export async function progress(): Promise<string> {
  await init();
  const elsewhere: InitOptions = { module: 'https://h/x.wasm' };
  await init(elsewhere);
  await init({ module: fetch(new URL('https://h/x.wasm')) });
  const view: GatewayProgress = await clients[0]!.apig.gatewayProgress('i', options);
  const percent: number | null = view.percent;
  const started: number | null = view.startedAt;
  const raw: string = view.raw;
  switch (view.state) {
    case 'creating': {
      const ended: null = view.endedAt;
      return `${percent} ${started} ${ended} ${view.error?.code}`;
    }
    case 'success':
      return new Date(view.endedAt ?? now).toISOString();
    case 'failed':
      return `${view.error.code} ${view.error.message} ${explain(view.error.code)?.meaning} ${raw}`;
    default: {
      const word: string = view.state;
      return word;
    }
  }
}

export function words(task: AsyncTask): string {
  const id: string = task.id;
  if (task.type === 'import_api' && task.status === 'succeed') {
    const { groupId, success, failure, ignore, swagger, partial } = task.result;
    const [imported, refused, ignored] = [success[0], failure[0], ignore[0]];
    const flag: boolean = partial;
    return [
      groupId,
      swagger?.id,
      swagger?.result,
      flag,
      imported?.id,
      imported?.method,
      imported?.path,
      imported?.action === 'create',
      refused?.method,
      refused?.path,
      refused?.code,
      refused?.message,
      ignored?.method,
      ignored?.path,
    ].join();
  }
  if (task.type === 'export_api' && task.status === 'succeed') {
    const { fileName, fileType, content, document, safeFileName } = task.result;
    const text: string = content + safeFileName;
    return [fileName, fileType === 'yaml', text, document?.info?.title, document?.openapi, document?.['x-a']].join();
  }
  if (task.status === 'failed') return `${id} ${task.result.code} ${task.result.message}`;
  if (task.status === 'waiting' || task.status === 'processing') return `${task.result} ${task.raw}`;
  const status: string = task.status;
  return status;
}

export async function tasks(): Promise<string> {
  const bytes = new Uint8Array(1);
  return [
    await clients[1]!.apig.asyncTask('i', 't'),
    decodeAsyncTask('{}'),
    decodeAsyncTask(bytes),
    decodeAsyncTask(bytes.buffer),
    decodeAsyncTask({ task_id: 't' }),
  ]
    .map(words)
    .join();
}

export function errors(error: unknown): string {
  if (!isTasksError(error)) throw error;
  const kind: ErrorKind = error.kind;
  const known: [number | null, string | null, string | null, boolean, string | null, unknown] = [
    error.status,
    error.code,
    error.requestId,
    error.retryable,
    error.raw,
    error.cause,
  ];
  if (error instanceof ConfigError) return `${error.field}`;
  if (error instanceof DecodeError) return error.path + error.expected;
  const others = [
    AbortedError,
    ApiError,
    AuthError,
    ConnectionError,
    NotFoundError,
    PermissionError,
    RateLimitError,
    ServerError,
    TasksError,
    TimeoutError,
  ];
  return kind + known.join() + others.some((Kind) => error instanceof Kind) + names.join();
}

const names: string[] = [
  scenarios.instances,
  scenarios.tasks,
  scenarios.starts,
  scenarios.romaInstances,
  scenarios.sfsTurboJobs,
  scenarios.keypairServers,
  scenarios.keypairTasks,
  scenarios.renderTasks,
].flatMap((group) => Object.keys(group));
