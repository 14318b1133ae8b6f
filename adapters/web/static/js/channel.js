// The channel in the middle: its messages, its composer, and what an empty one teaches.

import { get } from "./api.js";
import { acceptDrops, Composer } from "./composer.js";
import { byId, h, icon } from "./dom.js";
import { MessageList } from "./list.js";
import { toast } from "./notices.js";
import { send } from "./outbox.js";
import { state } from "./state.js";

const EXAMPLES = [
  'a lighthouse at dusk, "OPEN" on a sign --ar 16:9',
  "a paper-cut fox in a snowy forest, soft morning light",
  "four ideas for a tea label, ink on rice paper -n 4 --draft",
];

export class Channel {
  #is_loading = false;

  constructor() {
    this.element = byId("channel");
    this.list = new MessageList({ label: "Messages in studio", empty: () => this.#empty(), older: () => this.#older() });
    this.composer = new Composer({
      id: "composer",
      draft: "studio",
      label: "Message to studio",
      placeholder: "/imagine what you want to see",
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
      h("button", { type: "button", class: "example", onclick: () => this.composer.write(`/imagine ${text}`) }, icon("final"), h("span", {}, text));
    return h(
      "div",
      { class: "empty" },
      h("img", { src: "/static/favicon.svg", alt: "", width: 64, height: 64 }),
      h("h2", {}, "Say what you want to see"),
      h("p", {}, "Write ", h("code", {}, "/imagine"), " and a few words. The picture opens a thread, and every reply in that thread changes it."),
      h("div", { class: "examples" }, EXAMPLES.map(example)),
      h("ol", { class: "steps" }, h("li", {}, h("strong", {}, "Ask"), " in the channel"), h("li", {}, h("strong", {}, "Reply"), " to change it"), h("li", {}, h("strong", {}, "Undo"), ", branch, compare")),
    );
  }
}

function hintFor(text, composer) {
  if (text.trim() === "") return h("span", {}, h("code", {}, "/"), " for commands", h("span", { class: "hint-keys" }, " · drop pictures to start from them"));
  if (/^[/／]/.test(text)) return h("span", { class: "hint-keys" }, h("kbd", {}, "Enter"), " to send · ", h("kbd", {}, "Shift"), " ", h("kbd", {}, "Enter"), " for a new line");
  return h(
    "span",
    { class: "hint-talk" },
    "Plain words are only talk. ",
    h("button", { type: "button", class: "link", onclick: () => composer.imagine() }, "Make it a picture"),
    h("kbd", {}, "Ctrl"),
    " ",
    h("kbd", {}, "Enter"),
  );
}
