// expects: Property 'failure' does not exist on type 'ExportedDocument'
import { decodeAsyncTask } from 'huaweicloud-tasks';

const task = decodeAsyncTask('{}');
if (task.type === 'export_api' && task.status === 'succeed') console.log(task.result.failure);
