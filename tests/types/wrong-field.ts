// expects: Property 'precent' does not exist
import { createClient } from 'huaweicloud-tasks';

const cloud = createClient({ region: 'cn-north-4', projectId: 'p', token: 'x' });
export const percent = (await cloud.apig.gatewayProgress('i')).precent;
