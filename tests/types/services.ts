// Every call that starts something or asks another service than API Gateway, with the narrowing of its answer.
import {
  type AssociatedServer,
  type AssociateRequest,
  type CallOptions,
  createClient,
  type DisassociatedServer,
  type DisassociateRequest,
  type ExportOptions,
  fileFromPath,
  type IamToken,
  type ImportFile,
  type ImportOptions,
  type KeypairDispatch,
  type KeypairTask,
  type NamedBytes,
  type RenderTask,
  type RenderTaskFilter,
  type RenderTasks,
  type RomaInstanceProgress,
  type SfsTurboJob,
  type SfsTurboSubJob,
  type StartedTask,
  type TokenRequest,
} from 'huaweicloud-tasks';

const cloud = createClient({ region: 'cn-north-4', projectId: 'p', token: 'x' });
const options: CallOptions = { signal: new AbortController().signal, timeoutMs: 5_000, maxRetries: 1 };

export async function starts(): Promise<string> {
  const named: NamedBytes = await fileFromPath('apis.yaml');
  const bytes = new TextEncoder().encode('{}');
  const files: ImportFile[] = ['{}', bytes, bytes.buffer, named, new Blob(['{}']), new File(['{}'], 'apis.json')];
  const how: ImportOptions = {
    ...options,
    isCreateGroup: false,
    groupId: 'g',
    extendMode: 'override',
    simpleMode: true,
    mockMode: true,
    apiMode: 'merge',
    fileName: 'apis.json',
  };
  const what: ExportOptions = {
    ...options,
    envId: 'e',
    groupId: 'g',
    oasVersion: '3.0',
    define: 'all',
    type: 'yaml',
    version: 'v1',
    apis: ['a'],
  };
  const started: StartedTask[] = [
    ...(await Promise.all(files.map((file) => cloud.apig.importApis('i', file, how)))),
    await cloud.apig.importApis('i', '{}'),
    await cloud.apig.exportApis('i', what),
    await cloud.apig.exportApis('i', { envId: 'e', groupId: 'g' }),
  ];
  const kind: 'apig.task' = started[0]!.kind;
  return kind + started.map(({ instanceId, taskId, raw }) => [instanceId, taskId, raw].join()).join();
}

export async function keypairs(): Promise<string> {
  const auth = { type: 'keypair', key: 'k' } as const;
  const bound: AssociatedServer = { id: 's', auth, disablePassword: true, port: 22 };
  const replaced: DisassociatedServer = { id: 's', auth: { type: 'password', key: 'k' } };
  const binding: AssociateRequest = { keypairName: 'my-keypair', server: bound };
  const unbinding: DisassociateRequest = { server: replaced };
  const answers: KeypairDispatch[] = [
    await cloud.kps.associate(binding, options),
    await cloud.kps.associate({ keypairName: 'my-keypair', server: { id: 's' } }),
    await cloud.kps.disassociate(unbinding, options),
    await cloud.kps.disassociate({ server: { id: 's' } }),
  ];
  return answers.map(dispatched).join();
}

function dispatched(answer: KeypairDispatch): string {
  const kind: 'kps.task' = answer.kind;
  const server: string | null = answer.serverId;
  const text = `${kind} ${server} ${answer.raw}`;
  if (answer.state === 'dispatched') {
    const taskId: string = answer.taskId;
    return text + taskId;
  }
  if (answer.state === 'failed') return `${text} ${answer.error.code} ${answer.error.message}`;
  const word: string = answer.state;
  const taskId: string | null = answer.taskId;
  return `${word} ${taskId} ${answer.error?.code}`;
}

export async function keypairTask(): Promise<string> {
  const task: KeypairTask = await cloud.kps.task('t', options);
  const ended: boolean = task.phase === 'success' || task.phase === 'failed';
  const running: boolean = task.phase === 'ready' || task.phase === 'running' || task.phase === null;
  const words = ['reset', 'replace', 'unbind', 'bind', null].some((word) => task.operation === word);
  const server: string | null = task.serverId;
  return [task.taskId, server, task.status, ended, running, words, task.raw].join();
}

export async function job(): Promise<string> {
  const found: SfsTurboJob = await cloud.sfsTurbo.job('j', options);
  const id: string = found.id;
  const requestId: string | null = found.requestId;
  const parts = found.subJobs.map((part: SfsTurboSubJob) => [part.id, part.type, stateOf(part)].join());
  return [id, requestId, found.type, found.startedAt, found.raw, stateOf(found), ...parts].join();
}

function stateOf(found: SfsTurboJob | SfsTurboSubJob): string {
  switch (found.state) {
    case 'failed':
      return `${found.error.code} ${found.error.message} ${found.endedAt}`;
    case 'success': {
      const ended: number | null = found.endedAt;
      return `${ended}`;
    }
    default: {
      const word: string = found.state;
      const ended: null = found.endedAt;
      return `${word} ${ended} ${found.error?.code}`;
    }
  }
}

export async function romaInstance(): Promise<string> {
  const progress: RomaInstanceProgress = await cloud.roma.instanceProgress('i', options);
  const { percent, startedAt, elapsedMs, currentTime, takenTime, instanceId, name, raw } = progress;
  const items = progress.items.map((item) => {
    const { error, endedAt }: { error: { code: string | null } | null; endedAt: number | null } = item;
    const isOver: boolean = item.state === 'success' || item.state === 'failed';
    return [item.name, isOver, item.percent, item.startedAt, endedAt, item.takenTime, error?.code].join();
  });
  const { status, conAmount, availableZones, createdAt, deletedAt, demondPay } = progress.instance;
  const zones: string[] = availableZones;
  const deleted: string | null = deletedAt;
  const text = [percent, startedAt, elapsedMs, currentTime, takenTime, instanceId, name, raw, ...items].join();
  const instance = [status, conAmount, zones.join(), createdAt, deleted, demondPay].join();
  if (progress.state === 'failed') return text + instance + progress.error.code;
  if (progress.state === 'success') return new Date(progress.endedAt ?? 0).toISOString();
  const neither: null = progress.endedAt ?? progress.error;
  const word: string = progress.state;
  return `${neither} ${word}`;
}

export async function renderTasks(): Promise<string[]> {
  const filter: RenderTaskFilter = {
    status: 'active',
    applicationId: 'a',
    serverId: 's',
    deviceId: 'd',
    limit: 100,
    offset: 0,
  };
  const page: RenderTasks = await cloud.cvr.renderTasks(filter, options);
  const all: RenderTasks = await cloud.cvr.renderTasks();
  const count: number | null = all.count;
  return [`${count} ${page.raw}`, ...page.renderTasks.map(renderTask)];
}

/** All pages, one after the other. */
export async function renderTaskPages(): Promise<string[]> {
  const found: string[] = [];
  for await (const { renderTasks } of cloud.cvr.renderTaskPages({ status: 'finish' }, options)) {
    found.push(...renderTasks.map(renderTask));
  }
  for await (const page of cloud.cvr.renderTaskPages()) found.push(page.raw);
  return found;
}

function renderTask(task: RenderTask): string {
  const texts: (string | null)[] = [
    task.taskId,
    task.applicationId,
    task.serverId,
    task.sessionId,
    task.deviceId,
    task.deviceBrand,
    task.deviceType,
    task.applicationUser,
    task.applicationLaunchArgs,
    task.protocolType,
    task.resolution,
    task.gpuIpType,
    task.status,
    task.finishReason,
  ];
  const times: (number | null)[] = [task.startedAt, task.finishedAt];
  const location: string[] = task.location;
  const lost: boolean = task.finishReason === 'server_deleted' && task.status !== 'active';
  return [...texts, ...times, ...location, lost].join();
}

export async function token(): Promise<string> {
  const request: TokenRequest = { user: 'u', password: 'p', domain: 'd', project: 'cn-north-4' };
  const { token, expiresAt, issuedAt }: IamToken = await cloud.iam.token(request, options);
  const lifetime: number | null = expiresAt === null || issuedAt === null ? null : expiresAt - issuedAt;
  return `${token} ${lifetime}`;
}
