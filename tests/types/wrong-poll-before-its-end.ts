// expects: Type 'null' is not assignable to type 'number'
import type { PollAnswer } from 'huaweicloud-tasks';

export const at = ({ nextAt }: PollAnswer): number => nextAt;
