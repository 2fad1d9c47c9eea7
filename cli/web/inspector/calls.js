// The control API in, the calls that the cloud has taken out: asked for by a request that waits until there are some.

import { get, isGivenUp, remove } from "../shared/api.js";

/** So many are kept. */
const MOST = 5000;
/** So long one request waits, in seconds. */
const WAIT = 25;
/** So many come at once. */
const LIMIT = 500;

const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

/** The calls, the newest first. */
export class Calls {
  #shown = [];
  #waiting = [];
  #last = 0;
  #changed;
  #turn = 0;
  #asking = new AbortController();

  /** The most that are kept. */
  most = MOST;
  /** Whether new ones wait until somebody continues. */
  isPaused = false;
  /** Whether the server does not answer. */
  isLost = false;
  /** Whether older ones have been dropped here. */
  dropped = false;
  /** How many the server had dropped before they could be asked for. */
  missed = 0;

  /** `changed()` is called whenever there is something else to be shown. */
  constructor(changed) {
    this.#changed = changed;
  }

  all() {
    return this.#shown;
  }

  /** How many wait. */
  get waiting() {
    return this.#waiting.length;
  }

  pause(is) {
    this.isPaused = is;
    if (!is) {
      this.#show(this.#waiting);
      this.#waiting = [];
    }
  }

  /** Forgets them, here and in the server. */
  async clear() {
    this.#turn += 1;
    this.#asking.abort();
    try {
      await remove("/-/calls");
    } catch {
      this.isLost = true;
    }
    this.#forget();
  }

  #forget() {
    [this.#shown, this.#waiting] = [[], []];
    [this.dropped, this.missed] = [false, 0];
  }

  #show(calls) {
    this.#shown = calls.concat(this.#shown);
    if (this.#shown.length > MOST) {
      this.#shown.length = MOST;
      this.dropped = true;
    }
  }

  #take({ last, oldest, calls }) {
    // The server has been started anew, and counts from the beginning.
    if (last < this.#last && !calls.length) {
      this.#last = 0;
      return;
    }
    if (this.#last && oldest > this.#last + 1 && calls.length) this.missed += oldest - this.#last - 1;
    const newest = calls.reverse();
    if (newest.length) this.#last = newest[0].number;
    if (this.isPaused) {
      this.#waiting = newest.concat(this.#waiting).slice(0, MOST);
    } else this.#show(newest);
  }

  /** Asks as long as the page is there. */
  async listen() {
    for (;;) {
      const turn = this.#turn;
      this.#asking = new AbortController();
      try {
        const answer = await get(`/-/calls?after=${this.#last}&wait=${this.isLost ? 0 : WAIT}&limit=${LIMIT}`, this.#asking.signal);
        if (turn !== this.#turn) continue;
        this.#take(answer);
        this.isLost = false;
        this.#changed();
      } catch (error) {
        if (isGivenUp(error)) continue;
        this.isLost = true;
        this.#changed();
        await pause(1000);
      }
    }
  }
}
