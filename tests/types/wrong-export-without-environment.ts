// expects: Property 'envId' is missing
import { createClient } from 'huaweicloud-tasks';

const cloud = createClient({ region: 'cn-north-4', projectId: 'p', token: 'x' });
await cloud.apig.exportApis('i', { groupId: 'g' });
