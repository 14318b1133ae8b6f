// The thread on the right: versions on top, the conversation, a composer whose words are edits.

import { get } from "./api.js";
import { acceptDrops, Composer } from "./composer.js";
import { byId, debounced, h, icon } from "./dom.js";
import { MessageList } from "./list.js";
import { toast } from "./notices.js";
import { send } from "./outbox.js";
import { state } from "./state.js";
import { drawStrip } from "./strip.js";
import { word, worded } from "./words.js";

const VERSIONS_MS = 250;
const WIDE = matchMedia("(min-width: 900px)");

export class Thread {
  ref = null;
  list = null;
  composer = null;
  #versions = null;
  #is_loading = false;
  #is_unread = false;

  constructor({ close }) {
    this.element = byId("thread");
    this.close = close;
    this.element.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !event.defaultPrevented && !event.isComposing) close();
    });
    acceptDrops(this.element, () => this.composer);
    this.refreshVersions = debounced(() => this.#loadVersions(), VERSIONS_MS);
  }

  hide() {
    this.ref = null;
    this.list = null;
    this.element.hidden = true;
    this.element.replaceChildren();
  }

  async show(ref, { prefill = null } = {}) {
    if (ref !== this.ref) {
      this.#build(ref);
      await this.load();
    }
    if (prefill !== null) this.composer?.write(prefill + this.composer.input.value.replace(/^v\d+[a-h]?:\s*/, ""));
    else if (WIDE.matches) this.composer?.input.focus();
  }

  #build(ref) {
    this.ref = ref;
    this.#versions = null;
    this.strip = h("div", { class: "strip-box", hidden: true });
    this.list = new MessageList({ label: word("page_thread_messages"), in_thread: true, older: () => this.#older() });
    this.composer = new Composer({
      id: "thread-composer",
      draft: `thread.${ref}`,
      label: word("page_reply_label"),
      placeholder: word("page_reply_hint"),
      has_commands: false,
      hint: () => h("span", {}, ...worded("page_hint_from", { example: h("code", {}, "v1: …") }), " · ", ...worded("page_hint_aside", { example: h("code", {}, "// …") })),
      send: (text, uploads) => this.say(text, uploads),
    });
    this.subtitle = h("p", {});
    this.element.replaceChildren(
      h(
        "header",
        { class: "bar" },
        h("button", { type: "button", class: "tool only-phone", "aria-label": word("page_back"), onclick: this.close }, icon("back")),
        h("div", { class: "bar-title" }, h("h2", {}, word("page_thread")), this.subtitle),
        h("button", { type: "button", class: "tool only-wide", "aria-label": word("page_close_thread"), title: `${word("page_close_thread")} (Esc)`, onclick: this.close }, icon("close")),
      ),
      this.strip,
      this.list.element,
      this.composer.element,
    );
    this.element.hidden = false;
  }

  async load() {
    const ref = this.ref;
    if (ref === null) return;
    try {
      const page = await get(`/api/threads/${encodeURIComponent(ref)}`);
      if (ref !== this.ref) return;
      this.list.has_more = page.has_more;
      this.list.reset([page.root, ...page.messages]);
      this.#setVersions(page.versions);
      this.#is_unread = false;
    } catch (problem) {
      toast(problem.message);
      this.#is_unread = problem.is_passing;
      if (problem.code === "not_found") this.close();
    }
  }

  /** Reads what could not be read while the line was down. */
  catchUp() {
    if (this.#is_unread) this.load();
  }

  async #loadVersions() {
    const ref = this.ref;
    if (ref === null) return;
    try {
      const { versions } = await get(`/api/threads/${encodeURIComponent(ref)}/versions`);
      if (ref === this.ref) this.#setVersions(versions);
    } catch {
      // The strip is brought up to date again with the next message.
    }
  }

  async #older() {
    if (this.#is_loading) return;
    this.#is_loading = true;
    try {
      const replies = this.list.values().filter((message) => message.id !== this.ref);
      const page = await get(`/api/threads/${encodeURIComponent(this.ref)}?before=${replies[0].seq}`);
      this.list.has_more = page.has_more;
      this.list.prepend(page.messages);
    } catch (problem) {
      toast(problem.message);
    } finally {
      this.#is_loading = false;
    }
  }

  say(text, uploads = []) {
    this.list.is_at_end = true;
    send("message", { text, thread: this.ref, attachments: uploads.map((one) => one.id) }, { attachments: uploads, author: state.me?.name });
  }

  #setVersions(versions) {
    if (JSON.stringify(versions) === JSON.stringify(this.#versions)) return;
    this.#versions = versions;
    const is_empty = !versions || versions.revisions.length === 0;
    this.strip.hidden = is_empty;
    this.subtitle.textContent = is_empty ? "" : describe(versions);
    if (is_empty) return;
    const actions = {
      edit: (name) => this.composer.write(`${name}: `),
      say: (name) => this.say(name),
      compare: (name) => this.say(`compare ${name} v${versions.head.revision}`),
    };
    this.strip.replaceChildren(drawStrip(versions, actions));
    this.strip.querySelector(".is-head")?.scrollIntoView({ block: "nearest", inline: "center" });
  }
}

function describe(versions) {
  const count = versions.revisions.filter((revision) => !revision.is_forgotten).length;
  const head = versions.head && word("page_current", { head: `v${versions.head.revision}` });
  return [word("page_versions", { count }), head, versions.is_closed && word("page_closed")].filter(Boolean).join(" · ");
}
