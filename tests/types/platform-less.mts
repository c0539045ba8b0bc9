// A program without the types of any platform: neither the DOM nor Node.
import { type AsyncTask, createClient, decodeAsyncTask, type Fetch, type Signal } from 'huaweicloud-tasks';
import { explain } from 'huaweicloud-tasks/explain';
import { createSimulator, scenarios } from 'huaweicloud-tasks/simulator';

const signal: Signal = { aborted: false, addEventListener() {}, removeEventListener() {} };
const nothing = new ArrayBuffer(0);
const fetch: Fetch = async (url, init) => ({
  status: url.length + Object.keys(init.headers).length,
  headers: { get: (name) => (name === 'x-request-id' ? init.method : null) },
  arrayBuffer: async () => nothing,
});
const cloud = createClient({ endpoint: 'https://h', projectId: 'p', token: 'x', fetch });

export async function main(): Promise<string> {
  const started = await cloud.apig.importApis('i', new Uint8Array(1), { signal });
  const { state } = await started.result({ signal, maxWaitMs: 1_000 });
  const task: AsyncTask = decodeAsyncTask(nothing);
  const simulator = createSimulator({ speed: 60 });
  simulator.advance(1_000);
  await simulator('https://h/');
  return [state, task.status, explain('APIC.9218')?.meaning, ...Object.keys(scenarios.tasks)].join();
}
