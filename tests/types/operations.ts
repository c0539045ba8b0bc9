// Operations as a user would watch them: every way to get one, to wait for it, to keep it, and to read what it came to.
import {
  type AsyncTask,
  type ChangesOptions,
  type ClientOptions,
  createClient,
  type Failure,
  type GatewayProgress,
  type Operation,
  OperationFailedError,
  type OperationGroup,
  type OperationHandle,
  type OperationKind,
  type OperationOutcome,
  type OperationPart,
  type OperationState,
  type OperationTarget,
  type OperationView,
  type ResultOptions,
  type Schedule,
  type WatchAllOptions,
  type WatchOptions,
  WaitTimeoutError,
} from 'huaweicloud-tasks';

const options: ClientOptions = { region: 'cn-north-4', projectId: 'p', token: 'x', schedule: { intervalMs: 8_000 } };
const cloud = createClient(options);
const { signal } = new AbortController();
const unhurried: WatchOptions = { schedule: 'adaptive', maxConsecutiveErrors: 20 };

const targets: OperationTarget[] = [
  { kind: 'apig.gateway', instanceId: 'i' },
  { kind: 'apig.task', instanceId: 'i', taskId: 't' },
  { kind: 'roma.instance', instanceId: 'i' },
  { kind: 'sfs-turbo.job', jobId: 'j' },
  { kind: 'kps.task', taskId: 't' },
];

/** The kind of the target is that of the operation, of its views and of its details. */
export function watched(): (number | string | null)[] {
  const gateway: Operation<'apig.gateway'> = cloud.watch({ kind: 'apig.gateway', instanceId: 'i' });
  const kind: 'apig.gateway' = gateway.kind;
  const progress: GatewayProgress | undefined = gateway.view?.detail;
  const job = cloud.watch({ kind: 'sfs-turbo.job', jobId: 'j' }, unhurried);
  const subJobs = job.view?.detail.subJobs.length ?? null;
  const any: Operation[] = [gateway, job, ...targets.map((target) => cloud.watch(target))];
  return [kind, progress?.percent ?? null, subJobs, any.filter(({ isOver }) => !isOver).length];
}

/** A view of any kind says what its detail is. */
export function detailOf(view: OperationView): string {
  switch (view.kind) {
    case 'apig.gateway':
      return `${view.detail.state} ${view.detail.percent}`;
    case 'apig.task': {
      const { detail } = view;
      if (detail.type === 'import_api' && detail.status === 'succeed') return `${detail.result.failure.length} refused`;
      return detail.status;
    }
    case 'roma.instance':
      return `${view.detail.state} ${view.detail.items.length}`;
    case 'sfs-turbo.job':
      return `${view.detail.type} ${view.detail.subJobs.length}`;
    default:
      return view.status;
  }
}

/** What is the same for every kind. */
export function words(view: OperationView): string {
  const state: OperationState = view.state;
  const isEnd: boolean = state === 'succeeded' || state === 'partial' || state === 'failed';
  const others = (['waiting', 'running', 'unknown'] as const).some((word) => word === state);
  const numbers: (number | null)[] = [view.percent, view.estimatedPercent, view.startedAt, view.endedAt];
  const elapsed: number = view.elapsedMs;
  const left: number[] = view.eta === null ? [] : [view.eta.earliest, view.eta.latest];
  const slow: boolean = view.slow;
  const error: Failure | null = view.error;
  return [isEnd, others, numbers, elapsed, left, slow, error?.code, view.raw, view.parts.map(part)].join();
}

function part({ name, state, status, percent, startedAt, endedAt, error }: OperationPart): string {
  const over: OperationState = state;
  return [name, over, status, percent, startedAt, endedAt, error?.message].join();
}

export async function iterations(): Promise<string[]> {
  const operation = cloud.watch({ kind: 'roma.instance', instanceId: 'i' });
  const shown: string[] = [];
  for await (const now of operation) {
    const items: number = now.detail.items.length;
    shown.push(`${items} ${words(now)}`);
  }
  const how: ChangesOptions = { signal, heartbeatMs: 1_000, schedule: { intervalMs: 5_000 } };
  for await (const now of operation.changes(how)) shown.push(detailOf(now));
  return shown;
}

export async function results(): Promise<string> {
  const onProgress = (now: OperationView): void => console.log(words(now));
  const how: ResultOptions = { signal, maxWaitMs: 600_000, schedule: asked, onProgress };
  const gateway = await cloud.watch({ kind: 'apig.gateway', instanceId: 'i' }).result(how);
  const end: 'succeeded' | 'partial' | 'steady' = gateway.state;
  const progress: GatewayProgress = gateway.detail;
  const started = await cloud.apig.importApis('i', '{}');
  const task: AsyncTask = (await started.result()).detail;
  const dispatch = await cloud.kps.disassociate({ server: { id: 's' } });
  // What was not dispatched is nothing to wait for.
  const unbound = dispatch.state === 'dispatched' ? (await dispatch.result()).detail.phase : dispatch.error?.code;
  return [end, progress.state, task.status, started.taskId, unbound].join();
}

/** A schedule of one's own. */
function asked({ asked, view }: { asked: number; view: OperationView | null }): number {
  return view?.percent === 90 ? 2_000 : 1_000 * 2 ** asked;
}

export const schedules: Schedule[] = ['adaptive', { intervalMs: 8_000 }, asked, () => 5_000];

export function handles(operation: Operation): Operation[] {
  const text: string = JSON.stringify(operation);
  const handle: OperationHandle = operation.toJSON();
  const kind: OperationKind = handle.kind;
  const version: number = handle.version;
  console.log(kind, version);
  return [cloud.resume(text), cloud.resume(JSON.parse(text)), cloud.resume(handle, { schedule: 'adaptive' })];
}

/** The ids in a handle are those of its kind. */
export const jobId = (job: Operation<'sfs-turbo.job'>): string => job.toJSON().ids.jobId;

export async function many(): Promise<string[]> {
  const how: WatchAllOptions = { signal, budget: { limit: 200, perMs: 300_000 }, schedule: 'adaptive' };
  const gateway = cloud.watch({ kind: 'apig.gateway', instanceId: 'i' });
  const group: OperationGroup = cloud.watchAll([gateway, ...targets.map((target) => cloud.watch(target))], how);
  const shown: string[] = [];
  for await (const { operation, now, error } of group) {
    shown.push(now === null ? `${operation.kind} ${error}` : words(now) + detailOf(now));
  }
  const ends: OperationOutcome[] = await cloud.watchAll(new Set([gateway])).summary();
  return [...shown, ...ends.map(({ operation, view, error }) => `${operation.kind} ${view?.state} ${error}`)];
}

export function errors(error: unknown): string {
  if (error instanceof OperationFailedError) {
    const kind: 'operationFailed' = error.kind;
    const before = error.history.map(({ at, state, status, percent }) => [at, state, status, percent].join());
    return [kind, error.code, words(error.view), detailOf(error.view), ...before].join();
  }
  if (error instanceof WaitTimeoutError) {
    const kind: 'waitTimeout' = error.kind;
    return [kind, error.view?.state, cloud.resume(error.handle).kind].join();
  }
  throw error;
}
