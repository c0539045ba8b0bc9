// expects: Type '"base"' is not assignable to type
import { createClient } from 'huaweicloud-tasks';

const cloud = createClient({ region: 'cn-north-4', projectId: 'p', token: 'x' });
await cloud.apig.exportApis('i', { envId: 'e', groupId: 'g', define: 'base' });
