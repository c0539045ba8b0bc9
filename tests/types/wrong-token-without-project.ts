// expects: Property 'projectId' is missing
import { passwordToken } from 'huaweicloud-tasks';

passwordToken({ region: 'cn-north-4', user: 'u', password: 'p', domain: 'd' });
