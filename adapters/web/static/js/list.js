// A column of messages in order: keeps its place while things change, and stays at the end when it was there.

import { showProgress, titleOf } from "./card.js";
import { h, icon, replaceKeepingFocus } from "./dom.js";
import { dayKey, dayName } from "./format.js";
import { drawMessage } from "./message.js";
import { word } from "./words.js";

const GROUP_MS = 5 * 60 * 1000;
const NEAR_PX = 120;

export class MessageList {
  #messages = new Map();
  #nodes = new Map();
  #pending = [];
  #scroll_top = 0;
  #options;

  /** options: {label, in_thread, empty: () => Element, older: async () => void} */
  constructor(options) {
    this.#options = options;
    this.top = h("div", { class: "list-top" });
    this.rows = h("div", { class: "rows", role: "log", "aria-label": options.label, "aria-live": "off" });
    this.jump = h("button", { type: "button", class: "jump", hidden: true, onclick: () => this.toEnd(true) }, icon("back"), word("page_new_messages"));
    this.scroller = h("div", { class: "list", tabindex: "-1", onscroll: () => this.#scrolled() }, this.top, this.rows);
    this.element = h("div", { class: "list-box" }, this.scroller, this.jump);
    this.has_more = false;
    this.#watchGrowth();
  }

  // Pictures that load late must not push the newest message out of sight.
  #watchGrowth() {
    this.is_at_end = true;
    // Who unfolds words wants to read on where they stand.
    this.rows.addEventListener("unfold", () => (this.is_at_end = false));
    new ResizeObserver(() => this.is_at_end && this.toEnd()).observe(this.rows);
    new ResizeObserver(() => this.is_at_end && this.toEnd()).observe(this.scroller);
  }

  get size() {
    return this.#messages.size;
  }

  get oldest() {
    return Math.min(...[...this.#messages.values()].map((message) => message.seq));
  }

  get(id) {
    return this.#messages.get(id);
  }

  has(id) {
    return this.#messages.has(id);
  }

  values() {
    return [...this.#messages.values()].sort((one, other) => one.seq - other.seq);
  }

  reset(messages) {
    this.#messages.clear();
    this.#nodes.clear();
    this.rows.replaceChildren();
    this.is_at_end = true;
    this.put(messages);
    this.toEnd();
  }

  put(messages) {
    const is_news = messages.some((message) => !message.is_deleted && !this.#messages.has(message.id));
    for (const message of messages) this.#putOne(message);
    this.#arrange();
    if (is_news && !this.is_at_end) this.jump.hidden = false;
    if (this.is_at_end) this.toEnd();
  }

  #putOne(message) {
    const known = this.#messages.get(message.id);
    if (known && known.updated_ms > message.updated_ms) return;
    // A deleted message leaves its place only where its thread has answers.
    if (message.is_deleted && !message.replies) return this.#drop(message.id);
    this.#messages.set(message.id, message);
    const fresh = drawMessage(message, this.#options);
    const old = this.#nodes.get(message.id);
    this.#nodes.set(message.id, fresh);
    if (old?.isConnected) replaceKeepingFocus(old, fresh);
  }

  #drop(id) {
    this.#messages.delete(id);
    this.#nodes.delete(id);
  }

  /** Earlier messages: the reader's place stays where it was. */
  prepend(messages) {
    const from_end = this.scroller.scrollHeight - this.scroller.scrollTop;
    this.put(messages);
    this.scroller.scrollTop = this.scroller.scrollHeight - from_end;
    this.jump.hidden = true;
  }

  setReplies(id, replies) {
    const message = this.#messages.get(id);
    if (message) this.put([{ ...message, replies }]);
  }

  setPending(pending) {
    const known = new Set([...this.#messages.values()].map((message) => message.key).filter(Boolean));
    this.#pending = pending.filter((message) => !known.has(message.key));
    this.#arrange();
    if (this.#pending.length > 0 && this.is_at_end) this.toEnd();
  }

  progress(live) {
    const message = this.#messages.get(live.message);
    const making = this.rows.querySelector(`[data-making="${CSS.escape(live.message)}"]`);
    if (message) message.live = { ...message.live, ...live };
    if (making) showProgress(making, live);
  }

  #arrange() {
    const wanted = [];
    let before = null;
    for (const message of this.values()) {
      const node = this.#nodes.get(message.id);
      if (!this.#options.in_thread && (!before || dayKey(before.created_ms) !== dayKey(message.created_ms))) {
        wanted.push(h("p", { class: "day" }, h("span", {}, dayName(message.created_ms))));
        before = null;
      }
      node.classList.toggle("is-followup", isFollowUp(before, message));
      node.classList.toggle("is-echo", isEcho(before, message));
      wanted.push(node);
      before = message;
    }
    for (const message of this.#pending) wanted.push(drawMessage(message, this.#options));
    if (wanted.length === 0 && this.#options.empty) wanted.push(this.#options.empty());
    settle(this.rows, wanted);
    this.#drawTop();
  }

  #drawTop() {
    const button = () => h("button", { type: "button", class: "quiet", onclick: () => this.#options.older() }, word("page_earlier"));
    this.top.replaceChildren(...(this.has_more ? [button()] : []));
  }

  #scrolled() {
    const { scrollTop, scrollHeight, clientHeight } = this.scroller;
    const is_near = scrollHeight - scrollTop - clientHeight < NEAR_PX;
    // Only somebody who scrolls up has left the end: growth below moves nothing.
    if (is_near) this.is_at_end = true;
    else if (scrollTop < this.#scroll_top) this.is_at_end = false;
    this.#scroll_top = scrollTop;
    if (this.is_at_end) this.jump.hidden = true;
    if (scrollTop < 40 && this.has_more) this.#options.older();
  }

  toEnd(is_smooth = false) {
    this.jump.hidden = true;
    this.scroller.scrollTo({ top: this.scroller.scrollHeight, behavior: is_smooth ? "smooth" : "instant" });
  }

  reveal(id) {
    const node = this.#nodes.get(id);
    if (!node) return;
    node.scrollIntoView({ block: "center", behavior: "smooth" });
    node.classList.add("is-shown");
    setTimeout(() => node.classList.remove("is-shown"), 1600);
  }
}

function isFollowUp(before, message) {
  if (!before || before.card || message.card || before.is_private || message.is_private) return false;
  return before.author === message.author && message.created_ms - before.created_ms < GROUP_MS;
}

// A card right below the words that asked for it need not say them again.
function isEcho(before, message) {
  if (!message.card || !before || before.card) return false;
  return before.text.replace(/^[/／]imagine\s+/i, "").trim() === titleOf(message.card).trim();
}

// Puts the nodes in order while leaving alone those that are in their place: focus and loading pictures stay.
function settle(parent, wanted) {
  let at = parent.firstChild;
  for (const node of wanted) {
    if (node === at) at = at.nextSibling;
    else parent.insertBefore(node, at);
  }
  while (at) {
    const next = at.nextSibling;
    at.remove();
    at = next;
  }
}
