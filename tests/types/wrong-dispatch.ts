// expects: Type 'null' is not assignable to type 'string'
import { createClient } from 'huaweicloud-tasks';

const cloud = createClient({ region: 'cn-north-4', projectId: 'p', token: 'x' });
const started = await cloud.kps.disassociate({ server: { id: 's' } });
export const taskId: string = started.taskId;
