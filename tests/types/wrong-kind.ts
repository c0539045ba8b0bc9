// expects: Type '"apig.gatway"' is not assignable to type
import { createClient } from 'huaweicloud-tasks';

const cloud = createClient({ region: 'cn-north-4', projectId: 'p', token: 'x' });
cloud.watch({ kind: 'apig.gatway', instanceId: 'i' });
