// The unions, narrowed to each of their members, and the kinds that the generics carry along.
import {
  type AsyncTask,
  createClient,
  type ExportTask,
  type Failure,
  type FailedTask,
  type Fetch,
  type FetchInit,
  type FetchResponse,
  type GatewayCreated,
  type GatewayCreating,
  type GatewayFailed,
  type GatewayInUnknownState,
  type GatewayProgress,
  type ImportTask,
  type KeypairDispatch,
  type KeypairDispatched,
  type KeypairInUnknownState,
  type KeypairNotDispatched,
  type Operation,
  type OperationChange,
  type OperationGroup,
  type OperationHandle,
  type OperationOutcome,
  type OperationResult,
  type OperationState,
  type OperationView,
  type PendingTask,
  type RequestBudget,
  type RomaInstanceCreated,
  type RomaInstanceCreating,
  type RomaInstanceFailed,
  type RomaInstanceInUnknownState,
  type RomaInstanceProgress,
  type ScheduleContext,
  type TaskInUnknownStatus,
  type TaskOfUnknownType,
} from 'huaweicloud-tasks';

const answer: FetchResponse = new Response('{}');
const fetches: Fetch[] = [
  fetch,
  async (url, { method, headers, signal, ...rest }) => fetch(`${url}?`, { method, headers, signal, ...rest }),
  async (url: string, init: FetchInit) => (init.signal.aborted || url === '' ? answer : new Response('{}')),
];
const cloud = createClient({ region: 'cn-north-4', projectId: 'p', token: 'x', fetch: fetches[0] });

export function gateway(progress: GatewayProgress): object {
  if (progress.state === 'creating') return progress satisfies GatewayCreating;
  if (progress.state === 'success') return progress satisfies GatewayCreated;
  if (progress.state === 'failed') return progress satisfies GatewayFailed;
  return progress satisfies GatewayInUnknownState;
}

export function roma(progress: RomaInstanceProgress): object {
  if (progress.state === 'creating') return progress satisfies RomaInstanceCreating;
  if (progress.state === 'success') return progress satisfies RomaInstanceCreated;
  if (progress.state === 'failed') return progress satisfies RomaInstanceFailed;
  return progress satisfies RomaInstanceInUnknownState;
}

export function dispatch(answer: KeypairDispatch): object {
  if (answer.state === 'dispatched') return answer satisfies KeypairDispatched;
  if (answer.state === 'failed') return answer satisfies KeypairNotDispatched;
  return answer satisfies KeypairInUnknownState;
}

export function task(task: AsyncTask): object {
  if (task.status === 'failed') return task satisfies FailedTask;
  if (task.type === 'import_api' && task.status === 'succeed') return task satisfies ImportTask;
  if (task.type === 'export_api' && task.status === 'succeed') return task satisfies ExportTask;
  return task satisfies PendingTask | TaskOfUnknownType | TaskInUnknownStatus;
}

/** A view that failed says why; its kind goes on telling the rest. */
export function view(now: OperationView): string {
  if (now.state === 'failed') {
    const error: Failure = now.error;
    return now.kind === 'kps.task' ? `${error.code} ${now.detail.phase} ${now.taskId}` : `${error.message}`;
  }
  const error: Failure | null = now.error;
  const going: Exclude<OperationState, 'failed'> = now.state;
  return now.kind === 'apig.gateway' ? now.detail.state + now.instanceId : `${going} ${error?.code} ${now.endedAt}`;
}

/** A result is a view, and ended well or need not end. */
export const end = (result: OperationResult): OperationView =>
  (result.state satisfies 'succeeded' | 'partial' | 'steady') && result;

/** What is made of one kind stays of that kind. */
export async function generics(of: OperationHandle<'roma.instance'>, any: Operation): Promise<unknown[]> {
  const budget: RequestBudget = { limit: 1, perMs: 1_000 };
  const resumed: Operation<'roma.instance'> = cloud.resume(of);
  const result: OperationResult<'roma.instance'> = await resumed.result();
  const gateways = ['a', 'b'].map((instanceId) => cloud.watch({ kind: 'apig.gateway', instanceId }));
  const group: OperationGroup<'apig.gateway'> = cloud.watchAll(gateways, { budget });
  for await (const change of group) {
    const same: OperationChange<'apig.gateway'> = change;
    console.log(same.operation.instanceId, change.now?.detail.percent, change.error);
  }
  const ends: OperationOutcome<'apig.gateway'>[] = await group.summary();
  const groups: OperationGroup[] = [group, cloud.watchAll([...gateways, any])];
  for await (const now of any) console.log(view(now));
  for await (const now of any.changes()) if (now.kind === 'sfs-turbo.job') console.log(now.detail.subJobs.length);
  const wait = ({ asked, view }: ScheduleContext): number => (view?.percent === 90 ? 1_000 : 1_000 * asked);
  return [result.detail.items.length, ends[0]?.view?.detail.percent, groups, await any.result({ schedule: wait })];
}
