// expects: Type 'null' is not assignable
import { createClient } from 'huaweicloud-tasks';

createClient({ region: 'cn-north-4', projectId: 'p', token: null });
