// expects: Property 'taskId' is missing
import { createClient } from 'huaweicloud-tasks';

const cloud = createClient({ region: 'cn-north-4', projectId: 'p', token: 'x' });
cloud.watch({ kind: 'apig.task', instanceId: 'i' });
