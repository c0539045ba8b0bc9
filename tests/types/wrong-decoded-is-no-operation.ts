// expects: Property 'result' does not exist on type 'DecodedStartedTask'
import { decodeStartedTask } from 'huaweicloud-tasks';

decodeStartedTask('{}').result();
