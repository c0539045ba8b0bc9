// @ts-check
// The decoders that the module alone has, and the small one of `/decode` has not.
import * as glue from '#glue';
import { decoder } from './decode.js';

/** @see index.d.ts, as for every function here. */
export const decodeGatewayProgress = decoder((body) => glue.decodeGatewayProgress(body));
export const decodeRomaInstanceProgress = decoder((body) => glue.decodeRomaInstanceProgress(body));
export const decodeSfsTurboJob = decoder((body) => glue.decodeSfsTurboJob(body));
export const decodeKeypairTask = decoder((body) => glue.decodeKeypairTask(body));
export const decodeKeypairDispatch = decoder((body) => glue.decodeKeypairDispatch(body));
export const decodeStartedTask = decoder((body) => glue.decodeStartedTask(body));
export const decodeRenderTasks = decoder((body) => glue.decodeRenderTasks(body));
export const recognise = decoder((body) => glue.recognise(body));
