// expects: 'regoin' does not exist
import { createClient } from 'huaweicloud-tasks';

createClient({ regoin: 'cn-north-4', projectId: 'p', token: 'x' });
