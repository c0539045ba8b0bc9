// expects: Types of property 'endpoint' are incompatible
import { createClient } from 'huaweicloud-tasks';

createClient({ region: 'cn-north-4', endpoint: '/huawei', projectId: 'p', token: 'x' });
