// One question at a time, and bodies that came by another way.
import {
  type AnsweredCall,
  type AnyBody,
  type ClientOptions,
  createClient,
  type DecodedKeypairDispatch,
  type DecodedStartedTask,
  decodeGatewayProgress,
  decodeKeypairDispatch,
  decodeKeypairTask,
  decodeRenderTasks,
  decodeRomaInstanceProgress,
  decodeSfsTurboJob,
  decodeStartedTask,
  type GatewayProgress,
  type HandleOwner,
  isTasksError,
  type KeypairTask,
  type OperationHandle,
  type OperationView,
  type PassingError,
  type PollAnswer,
  type PollOptions,
  recognise,
  type RenderTasks,
  type RomaInstanceProgress,
  type SfsTurboJob,
} from 'huaweicloud-tasks';

const options: ClientOptions = { region: 'cn-north-4', projectId: 'p', token: 'x', maxBodyBytes: 1_048_576 };
const cloud = createClient(options);
const how: PollOptions = { timeoutMs: 10_000, maxBodyBytes: 65_536, maxConsecutiveErrors: 3, maxRetries: 0 };

/** A consumer of a queue: what a message holds, and what is to be done then. */
export async function consume(message: string): Promise<[next: string, at: number] | OperationView> {
  const answer: PollAnswer = await cloud.poll(message, how);
  if (answer.isOver) return answer.view;
  const why: PassingError | null = answer.error;
  const state = answer.view === null ? answer.error.kind : answer.view.state;
  console.log(state, why?.code);
  return [JSON.stringify(answer.handle), answer.nextAt];
}

/** The kind of what is asked about is that of the answer. */
export async function percentOf(instanceId: string): Promise<number | null> {
  const { view, handle } = await cloud.poll({ kind: 'apig.gateway', instanceId });
  const id: string = handle.ids.instanceId;
  const again = await cloud.poll(handle);
  const progress: GatewayProgress | undefined = again.view?.detail;
  console.log(id, progress?.percent);
  return view?.percent ?? null;
}

/** What an error tells is asked about once more. */
export async function insist(handle: OperationHandle): Promise<PollAnswer> {
  try {
    return await cloud.poll(handle);
  } catch (error) {
    if (!isTasksError(error) || error.handle === undefined) throw error;
    return cloud.poll(error.handle);
  }
}

export function whose({ owner }: OperationHandle): string {
  const known: HandleOwner | undefined = owner;
  return known === undefined ? '' : `${known.region ?? known.endpoint} ${known.projectId}`;
}

/** A body of any call. */
export function stateOf(body: AnyBody): string {
  const call: AnsweredCall | null = recognise(body);
  switch (call) {
    case 'apig.gatewayProgress': {
      const progress: GatewayProgress = decodeGatewayProgress(body);
      return progress.state;
    }
    case 'apig.importApis': {
      const started: DecodedStartedTask = decodeStartedTask(body);
      return started.kind + started.taskId;
    }
    case 'roma.instanceProgress': {
      const progress: RomaInstanceProgress = decodeRomaInstanceProgress(body);
      return progress.state;
    }
    case 'sfsTurbo.job': {
      const job: SfsTurboJob = decodeSfsTurboJob(body);
      return job.state;
    }
    case 'kps.task': {
      const task: KeypairTask = decodeKeypairTask(body);
      return task.status;
    }
    case 'kps.associate': {
      const dispatch: DecodedKeypairDispatch = decodeKeypairDispatch(body);
      return dispatch.state === 'dispatched' ? dispatch.taskId : `${dispatch.error?.code}`;
    }
    case 'cvr.renderTasks': {
      const page: RenderTasks = decodeRenderTasks(body);
      return `${page.count}`;
    }
    default:
      return `${call}`;
  }
}
