// expects: Types of property 'credentials' are incompatible
import { createClient } from 'huaweicloud-tasks';

createClient({ region: 'cn-north-4', projectId: 'p', token: 'x', credentials: { accessKey: 'a', secretKey: 's' } });
