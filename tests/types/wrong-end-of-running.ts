// expects: 'view.error' is possibly 'null'
import type { OperationView } from 'huaweicloud-tasks';

export const code = (view: OperationView): unknown => view.state === 'running' && view.error.code;
