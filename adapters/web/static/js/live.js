// Hears what changes, for as long as the page is open. A lost connection is taken up where it broke off.

import { get } from "./api.js";
import { tell } from "./state.js";

const RETRY_MS = [300, 700, 1500, 3000, 5000];
const SILENCE_MS = 40_000;
const HIDDEN_MS = 60_000;

export class Live {
  #after = 0;
  #source = null;
  #tries = 0;
  #retry = null;
  #silence = null;
  #hidden = null;

  start(after) {
    this.#after = after;
    document.addEventListener("visibilitychange", () => this.#visibility());
    addEventListener("online", () => this.#now());
    this.#connect();
  }

  #connect() {
    this.#drop();
    const source = new EventSource(`/api/events?after=${this.#after}`);
    this.#source = source;
    source.addEventListener("hello", (event) => this.#arrived(event));
    source.addEventListener("reset", (event) => {
      this.#arrived(event);
      tell("reset");
    });
    source.addEventListener("messages", (event) => {
      this.#heard(event);
      tell("messages", JSON.parse(event.data).messages);
    });
    source.addEventListener("progress", (event) => {
      this.#heard(event);
      tell("progress", JSON.parse(event.data));
    });
    source.onerror = () => this.#lost();
    this.#watch();
  }

  #arrived(event) {
    this.#heard(event);
    this.#tries = 0;
    tell("connection", true);
  }

  #heard(event) {
    if (event.lastEventId) this.#after = Number(event.lastEventId);
    this.#watch();
  }

  // Heartbeats are comments, which scripts cannot see: a long silence is checked by connecting anew.
  #watch() {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => this.#connect(), SILENCE_MS);
  }

  #lost() {
    this.#drop();
    tell("connection", false);
    // A browser does not say why a stream failed. Where it is because we may not enter, asking leads to the door.
    get("/api/me").catch(() => {});
    const wait = RETRY_MS[Math.min(this.#tries++, RETRY_MS.length - 1)];
    this.#retry = setTimeout(() => this.#connect(), wait);
  }

  #drop() {
    clearTimeout(this.#retry);
    clearTimeout(this.#silence);
    this.#source?.close();
    this.#source = null;
  }

  #now() {
    this.#tries = 0;
    this.#connect();
  }

  // Browsers allow six connections to one server: a tab that nobody looks at gives its own back.
  #visibility() {
    clearTimeout(this.#hidden);
    if (document.hidden) this.#hidden = setTimeout(() => this.#drop(), HIDDEN_MS);
    else if (this.#source === null) this.#now();
  }
}
