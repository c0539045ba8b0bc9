/**
 * huaweicloud-tasks: start, watch and read Huawei Cloud's long-running operations.
 * Unofficial; not affiliated with Huawei.
 *
 * Times are epoch milliseconds, what a service left out is `null`, and the body as it came is always there as `raw`.
 */

export * from './words.js';
export * from './client.js';
export * from './registry.js';
export * from './operation.js';
export * from './apig.js';
export * from './async-task.js';
export * from './body.js';
export * from './roma.js';
export * from './sfs-turbo.js';
export * from './kps.js';
export * from './cvr.js';
export * from './iam.js';
export * from './errors.js';
