import type { SimulatorOptions } from '../entry/simulator.js';
import type { createIdentity } from './iam.js';

/** Gives the next number: 0 or more, and less than 1. */
export type Random = () => number;

/** The low and the high end of what is drawn. */
export type Range = readonly [number, number];

/** A JSON object that a client sent: whoever reads it checks what is in it. */
// biome-ignore lint/suspicious/noExplicitAny: nothing is known of it yet
export type JsonObject = { [name: string]: any };

/** The options, with those that were not given as they are by default. */
export type Settings = SimulatorOptions & {
  [Name in 'seed' | 'speed' | 'clock' | 'token' | 'user' | 'password' | 'domain']: NonNullable<SimulatorOptions[Name]>;
};

/** What matters of a request before its body is read. */
export interface RequestHead {
  url: URL;
  method: string;
  headers: Headers;
  signal?: AbortSignal | null | undefined;
}

/** A request with its body. */
export interface SimulatedRequest extends RequestHead {
  bytes: Uint8Array<ArrayBuffer>;
}

/** A body that is a string is sent as it is, anything else as JSON. */
export interface Answer<Body extends string | object = string | object> {
  status: number;
  body: Body;
  headers?: Record<string, string> | undefined;
}

/** What a scenario is told: what was asked about, when, and by which request. */
export interface Asked {
  id: string;
  seed: number;
  /** The path without its prefix. */
  address: string;
  request: SimulatedRequest;
  requestId: string;
  identity: ReturnType<typeof createIdentity>;
  /** Lets an operation begin that is asked about at another address. */
  begin(address: string, scenario: Scenario): void;
  /** When the operation began, in epoch milliseconds. */
  start: number;
  /** How long ago that is, in milliseconds. */
  elapsed: number;
  /** How often it was asked about, this time included. */
  attempt: number;
  /** What durations follow from. */
  timing: Random;
  /** What made-up contents follow from. */
  content: Random;
}

/** What becomes of an operation: makes the answer. */
export type Scenario = (operation: Asked) => Answer;

/** Scenarios by name, each with what happens in it. */
export type Scenarios = Record<string, [description: string, scenario: Scenario]>;

/** A row of the table of endpoints. */
export type Endpoint = {
  /** Its last `{…}` is the id that its answer follows from. */
  path: string;
  /** `GET` by default. */
  method?: string;
  /** Refuses a request before any scenario. */
  check?: (request: SimulatedRequest) => Answer | null;
  /** Finds the id elsewhere than in the path. */
  idOf?: (request: SimulatedRequest) => string;
  scenarios: Scenarios;
  /** What becomes of an id that names no scenario: one of these, each as likely. */
  usual: string[];
} & (NeedsToken | NeedsNoToken);

interface NeedsToken {
  isOpen?: false;
  /** Turns away whoever has no good token. */
  unauthorized: (request: SimulatedRequest) => Answer;
}

interface NeedsNoToken {
  isOpen: true;
}

/** An API, as far as an import or an export is about it. */
export interface Api {
  method: string;
  path: string;
}

/** What an exported document is to be like. */
export interface DocumentOptions {
  /** `2.0` by default, or `3.0`. */
  oasVersion?: string;
  /** With `spec`, the backends are left out. */
  define?: string;
  /** The version to write into the document. */
  version?: string | undefined;
  /** How many APIs it has. */
  count?: number | undefined;
}
