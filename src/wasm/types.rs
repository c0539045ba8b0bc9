//! The TypeScript types that the exports speak of: those of the package, which are held to the models by its tests.

use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen(typescript_custom_section)]
const DECODERS: &str = r#"
import type {
  AnyBody, AnsweredCall, AsyncTask, DecodedKeypairDispatch, DecodedStartedTask, GatewayProgress, KeypairTask,
  RenderTasks, RomaInstanceProgress, SfsTurboJob,
} from 'huaweicloud-tasks';
"#;

#[cfg(feature = "client")]
#[wasm_bindgen(typescript_custom_section)]
const CALLS: &str = r#"
import type {
  AssociateRequest, CallOptions, ClientOptions, Clock, DisassociateRequest, ExportOptions, IamToken, ImportFile,
  ImportOptions, OperationHandle, OperationTarget, OperationView, PollOptions, RenderTaskFilter, Schedule, SeenState,
  Signal, TokenRequest,
} from 'huaweicloud-tasks';

/**
 * A client's options, checked by `createClient`; who shares its budget, and what it has learnt: how long operations
 * took, by kind.
 */
export type CheckedClient = ClientOptions & { group: Group; durations: Record<string, number[]> };

/** An operation that is watched: what is known of it, who looks, and what is told. */
export interface Poll {
  readonly handle: OperationHandle;
  readonly view: OperationView | null;
  readonly history: SeenState[];
  readonly maxConsecutiveErrors: number | undefined;
  readonly schedule: Schedule | undefined;
  readonly groups: Group[];
  answered(handle: OperationHandle, view: OperationView, likeness: string, at: number): void;
  unanswered(handle: OperationHandle): void;
}

/** What one question came to. `error` is in the form in which errors leave the module. */
export interface Polled {
  readonly handle: OperationHandle;
  readonly view: OperationView | null;
  readonly error: unknown;
  readonly isOver: boolean;
  readonly nextAt: number | null;
}

/** Those who share a budget: all calls of a client, or operations that are watched together. */
export interface Group {
  readonly key: number;
  readonly limit: number | undefined;
  readonly perMs: number | undefined;
}

/** How long to wait, and by which clock. */
export interface WaitLimits {
  readonly signal?: Signal | undefined;
  readonly milliseconds?: number | undefined;
  readonly clock?: Clock | undefined;
  until?: number;
}
"#;
