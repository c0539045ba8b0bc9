// expects: 'timeoutMs' does not exist in type 'DisassociateRequest'
import { createClient } from 'huaweicloud-tasks';

const cloud = createClient({ region: 'cn-north-4', projectId: 'p', token: 'x' });
await cloud.kps.disassociate({ server: { id: 's' }, timeoutMs: 5_000 });
