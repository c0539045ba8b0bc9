// The platform's side of the tests: a service that is none, and whoever watches an operation.

/** @typedef {(url: string, init: RequestInit) => unknown} Script */
/** @typedef {{ status: number, body: string, headers?: Record<string, string> }} Answer */

const isBare = (/** @type {object} */ value) => Object.getPrototypeOf(value) === null;

/** A part of a form: of a file, its name and what is in it. @param {[string, FormDataEntryValue]} part */
const noted = async ([name, value]) =>
  typeof value === 'string' ? [name, value] : [name, value.name, Array.from(new Uint8Array(await value.arrayBuffer()))];

/** Tells the budgets of clients apart; groups that are watched have small keys here. */
let lastKey = 1_000;

/** What stands behind a `fetch` of its own. Its last answer is given again and again. */
export class Service {
  /** What `fetch` was given, and when. @type {{ given: [string, RequestInit], self: unknown, at: number }[]} */
  requests = [];

  /** @param {(Answer | Script)[]} answers */
  constructor(answers) {
    const service = this;
    /** @this {unknown} @param {[string, RequestInit]} given */
    this.fetch = function (...given) {
      const answer = answers[Math.min(service.requests.length, answers.length - 1)];
      service.requests.push({ given, self: this, at: Date.now() });
      return typeof answer === 'function' ? answer(...given) : Promise.resolve(new Response(answer.body, answer));
    };
  }

  /** A client that asks here, as `createClient` makes it. @param {object} more */
  client(more) {
    const options = { projectId: 'p', region: 'cn-north-4', token: 'a-token', fetch: this.fetch, ...more };
    const learnt = { group: { key: ++lastKey }, durations: Object.create(null) };
    return Object.freeze(Object.assign(Object.create(null), learnt, options));
  }

  /** A request as JSON. @param {number} index */
  async request(index) {
    const [url, { method, headers, redirect, body }] = this.requests[index].given;
    const parts = body instanceof FormData ? await Promise.all([...body.entries()].map(noted)) : body;
    return JSON.stringify({ url, method, headers, redirect, body: parts ?? null });
  }

  /** What there is to tell of the form in which `fetch` was called. @param {number} index */
  form(index) {
    const { given, self } = this.requests[index];
    const [, init] = given;
    const { signal, headers } = init;
    return JSON.stringify({
      arguments: given.length,
      // As the platform's own `fetch` wants it.
      self: self === undefined || self === globalThis ? null : typeof self,
      names: Object.keys(init).sort(),
      isBare: isBare(init) && isBare(/** @type {object} */ (headers)),
      signal: signal instanceof AbortSignal,
    });
  }

  /** Whether a request was ended before its answer was there. @param {number} index */
  isAborted(index) {
    return this.requests[index].given[1].signal?.aborted === true;
  }

  /** How long after the first request another one came, in milliseconds. @param {number} index */
  since(index) {
    return this.requests[index].at - this.requests[0].at;
  }
}

/** An operation that is watched, as `watchOperation` takes it. It is told of everything here. */
export class Watched {
  view = null;
  history = [];
  groups = [];
  schedule = { intervalMs: 100 };
  maxConsecutiveErrors = undefined;

  /** How often it is told of something until nobody looks any more. */
  most = Infinity;

  /** @type {object[]} */
  told = [];

  /** @param {object} handle @param {object} more */
  constructor(handle, more) {
    this.handle = handle;
    this.stopped = new Promise((resolve) => {
      this.stop = resolve;
    });
    Object.assign(this, more);
  }

  answered(handle, view, likeness, at) {
    Object.assign(this, { handle, view });
    this.tell({ state: view.state, percent: view.percent, likeness, at });
  }

  unanswered(handle) {
    this.handle = handle;
    this.tell({ failures: handle.failures });
  }

  tell(what) {
    this.told.push(what);
    if (this.told.length >= this.most) this.stop();
  }
}

/** @param {number} milliseconds */
export const passed = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
