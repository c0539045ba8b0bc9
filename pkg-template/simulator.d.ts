/** How a simulator behaves. Everything is optional. */
export interface SimulatorOptions {
  /** Every duration and every outcome follows from it and the ids in the request. @defaultValue 1 */
  seed?: number;
  /**
   * How many simulated milliseconds pass in one of the clock's: 0 or more; at 0 the time stands still.
   * @defaultValue 1
   */
  speed?: number;
  /** The clock, in epoch milliseconds. @defaultValue Date.now */
  clock?: () => number;
  /** The only token that is let in; any other, and none, gets a 401. @defaultValue 'simulator-token' */
  token?: string;
}

/** The simulated services, as one function. It can be given as the `fetch` option of a client. */
export interface Simulator {
  /** Answers at once. A request that is already aborted is rejected with its signal's reason. */
  (request: Request): Promise<Response>;
  /** A relative `url` is relative to the page, or to a placeholder where there is no page. */
  (url: string | URL | Request, init?: RequestInit): Promise<Response>;
  /**
   * Simulated milliseconds per millisecond of the clock. Setting it does not make the simulated time jump.
   * Setting anything but a number of 0 or more throws a `RangeError`.
   */
  speed: number;
  /** The simulated time, in epoch milliseconds. It begins at the clock's time and never goes back. */
  now(): number;
  /**
   * Moves the simulated time forward.
   * @param milliseconds 0 or more, or a `RangeError` is thrown
   */
  advance(milliseconds: number): void;
}

/**
 * Makes a simulator: the APIG endpoints of the documents, without account and without network. It answers
 * `GET …/v2/{project_id}/apigw/instances/{instance_id}/progress` and `…/async-tasks/{task_id}` after any path prefix.
 *
 * An operation begins when it is first asked about. What becomes of it is written in its id: an id that is a name in
 * `scenarios`, or begins with such a name and `-`, plays that scenario (the longest such name counts). With any other
 * id, it follows from the seed and mostly goes well. When there are more than 10,000 operations, the oldest are
 * forgotten: they begin again when they are asked about.
 *
 * Documented are the addresses, the fields, the words, the codes and their messages. Assumed, because no document says
 * it: a gateway takes 324 s on average (lognormal, coefficient of variation 0.25); it shows 0 % first, then 30, 50, 80
 * and 90 % after about 8, 30, 55 and 80 % of its time; one that fails does so after 20 to 80 % of it; a task waits
 * about 2 s and then works for 8 to 20 s. As in the documents' example, `end_time` is there before the end.
 *
 * @throws {RangeError} when `speed` is not a number, or is negative
 * @example
 * const simulator = createSimulator({ speed: 60 });
 * const cloud = createClient({ region: 'cn-north-4', projectId: 'any', token: 'simulator-token', fetch: simulator });
 * await cloud.apig.gatewayProgress('gateway-1');
 */
export function createSimulator(options?: SimulatorOptions): Simulator;

/**
 * What a scenario does, by the name an id starts with: `instances` for gateways, `tasks` for async tasks.
 *
 * @example
 * await cloud.apig.asyncTask('gateway', 'import-partial-1'); // plays scenarios.tasks['import-partial']
 */
export const scenarios: {
  readonly instances: Readonly<Record<string, string>>;
  readonly tasks: Readonly<Record<string, string>>;
};
