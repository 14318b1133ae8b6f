// The channel in the middle: its messages, its composer, and what an empty one teaches.

import { get } from "./api.js";
import { acceptDrops, Composer } from "./composer.js";
import { byId, h, icon, unbroken } from "./dom.js";
import { MessageList } from "./list.js";
import { toast } from "./notices.js";
import { send } from "./outbox.js";
import { state } from "./state.js";
import { word, worded } from "./words.js";

const EXAMPLES = ["page_example_sign", "page_example_fox", "page_example_ideas"];
const STEPS = ["page_step_ask", "page_step_reply", "page_step_undo"];

export class Channel {
  #is_loading = false;

  constructor() {
    this.element = byId("channel");
    this.list = new MessageList({ label: word("page_messages", { channel: "studio" }), empty: () => this.#empty(), older: () => this.#older() });
    this.composer = new Composer({
      id: "composer",
      draft: "studio",
      label: word("page_write_to", { channel: "studio" }),
      placeholder: word("page_write_hint"),
      has_commands: true,
      hint: hintFor,
      send: (text, uploads) => this.#send(text, uploads),
    });
    this.element.append(this.list.element, this.composer.element);
    acceptDrops(this.element, () => this.composer);
  }

  /** Reads the newest page; the answer is the event to hear from. */
  async load() {
    const page = await get("/api/state");
    this.list.has_more = page.has_more;
    this.list.reset(page.messages);
    return page.event_id;
  }

  async #older() {
    if (this.#is_loading) return;
    this.#is_loading = true;
    try {
      const page = await get(`/api/state?before=${this.list.oldest}`);
      this.list.has_more = page.has_more;
      this.list.prepend(page.messages);
    } catch (problem) {
      toast(problem.message);
    } finally {
      this.#is_loading = false;
    }
  }

  #send(text, uploads) {
    this.list.is_at_end = true;
    send("message", { text, attachments: uploads.map((one) => one.id) }, { attachments: uploads, author: state.me?.name });
  }

  #empty() {
    const example = (text) =>
      h("button", { type: "button", class: "example", onclick: () => this.composer.write(`/imagine ${text}`) }, icon("final"), h("span", { dir: "auto" }, ...unbroken(text)));
    return h(
      "div",
      { class: "empty" },
      h("img", { src: "/static/favicon.svg", alt: "", width: 64, height: 64 }),
      h("h2", {}, word("page_empty_title")),
      h("p", {}, ...worded("page_empty_text", { command: h("code", {}, "/imagine") })),
      h("div", { class: "examples" }, EXAMPLES.map((code) => example(word(code)))),
      h("ol", { class: "steps" }, STEPS.map((code) => h("li", {}, word(code)))),
    );
  }
}

function hintFor(text, composer) {
  if (text.trim() === "") return beside(worded("page_hint_commands", { key: h("code", {}, "/") }), [word("page_hint_drop")]);
  if (/^[/／]/.test(text)) return h("span", { class: "hint-keys" }, beside(worded("page_hint_send", { key: key("Enter") }), worded("page_hint_line", { keys: both("Shift", "Enter") })));
  return h(
    "span",
    { class: "hint-talk" },
    word("page_hint_talk"),
    " ",
    h("button", { type: "button", class: "link", onclick: () => composer.imagine() }, word("page_make_picture")),
    both("Ctrl", "Enter"),
  );
}

const key = (name) => h("kbd", {}, name);
const both = (first, second) => h("bdi", { dir: "ltr" }, key(first), " ", key(second));

function beside(first, second) {
  return h("span", {}, ...first, h("span", { class: "hint-keys" }, " · ", ...second));
}
