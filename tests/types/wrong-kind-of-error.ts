// expects: Property 'field' does not exist on type 'DecodeError'
import { isTasksError } from 'huaweicloud-tasks';

export const field = (error: unknown): unknown => isTasksError(error) && error.kind === 'decode' && error.field;
