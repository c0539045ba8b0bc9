import { sleepUntil } from './sleep.js';

// Requests arrive a little closer together than they were sent.
const MARGIN_MS = 1_000;

// Of what was sent before any budget was told.
const LONGEST_MEMORY = 10_000;

/** So many requests in so many milliseconds, shared by all who take their turn. The one that is due first goes first. */
export class Budget {
  #limit;
  #perMs;
  #sent = [];
  #queue = [];
  #pump = null;
  #controller = new AbortController();

  constructor({ limit = Infinity, perMs = 0 } = {}) {
    this.#limit = limit;
    this.#perMs = perMs;
  }

  /** Waits for a turn; after `end`, everybody has one. */
  take(dueAt, signal) {
    return new Promise((resolve, reject) => {
      if (this.#controller.signal.aborted) return resolve();
      if (signal.aborted) return reject(signal.reason);
      const onAbort = () => {
        this.#queue = this.#queue.filter((other) => other !== waiting);
        reject(signal.reason);
      };
      const waiting = { dueAt, go: () => (signal.removeEventListener('abort', onAbort), resolve()) };
      const place = this.#queue.findIndex((other) => other.dueAt > dueAt);
      this.#queue.splice(place === -1 ? this.#queue.length : place, 0, waiting);
      signal.addEventListener('abort', onAbort);
      // What ends the pump is `end`, which lets all who wait go.
      this.#pump ??= this.#run().catch(() => {}).finally(() => {
        this.#pump = null;
      });
    });
  }

  /** The service has told its budget: it may be less than was thought. */
  learn({ limit, perMs }) {
    if (limit / perMs >= this.#limit / this.#perMs) return;
    this.#limit = limit;
    this.#perMs = perMs;
    const now = Date.now();
    this.#sent = this.#sent.filter((at) => at > now - perMs);
    // It has just refused one: there were others whom it counts, and who are not known here.
    if (this.#sent.length < limit) this.#sent = Array.from({ length: limit }, (_, index) => now - (perMs * index) / limit);
  }

  end() {
    this.#controller.abort();
    for (const { go } of this.#queue.splice(0)) go();
  }

  async #run() {
    // Those who come in the same moment are put in their order first.
    await null;
    while (this.#queue.length > 0) {
      await sleepUntil(this.#freeAt(), this.#controller.signal);
      if (Date.now() < this.#freeAt()) continue;
      const next = this.#queue.shift();
      if (next === undefined) return;
      this.#sent.push(Date.now());
      if (this.#sent.length > LONGEST_MEMORY) this.#sent.shift();
      next.go();
    }
  }

  /** When the next request may go: at once while all who wait fit, else spread evenly. */
  #freeAt() {
    if (this.#limit === Infinity) return 0;
    const window = this.#perMs + MARGIN_MS;
    this.#sent = this.#sent.filter((at) => at > Date.now() - window).sort((a, b) => a - b);
    const free = this.#limit - this.#sent.length;
    if (free <= 0) return this.#sent[this.#sent.length - this.#limit] + window;
    if (this.#queue.length <= free) return 0;
    return (this.#sent.at(-1) ?? 0) + window / this.#limit;
  }
}
