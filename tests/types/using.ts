// Explicit resource management, where the compiler's library knows it: leaving the block stops the polling.
/// <reference lib="esnext.disposable" />
import { createClient } from 'huaweicloud-tasks';

const cloud = createClient({ region: 'cn-north-4', projectId: 'p', token: 'x' });

export async function first(): Promise<string> {
  await using changes = cloud.watch({ kind: 'apig.gateway', instanceId: 'i' }).changes();
  const { value } = await changes.next();
  await using pages = cloud.cvr.renderTaskPages();
  for await (const page of pages) return `${page.count} ${value?.state}`;
  return 'none';
}
