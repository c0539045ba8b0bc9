// @ts-check
/** @import { OperationKind } from 'huaweicloud-tasks' */

/** The kinds of operation, and the ids of each. @satisfies {Record<OperationKind, string[]>} */
export const KINDS = {
  'apig.gateway': ['instanceId'],
  'apig.task': ['instanceId', 'taskId'],
  'roma.instance': ['instanceId'],
  'sfs-turbo.job': ['jobId'],
  'kps.task': ['taskId'],
};
