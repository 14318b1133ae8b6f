// The hint that opens on "/": which commands there are. Arrows and Enter choose, Esc closes it.

import { h } from "./dom.js";
import { word } from "./words.js";

const COMMANDS = [
  { name: "/imagine", about: "about_imagine", rest: true },
  { name: "/quota", about: "about_quota", rest: false },
  { name: "/history", about: "about_gallery", rest: false },
  { name: "/usage", about: "about_usage", rest: false },
  { name: "/settings", about: "page_about_settings", rest: false },
  { name: "/help", about: "about_help", rest: false },
];

export class SlashMenu {
  #found = [];
  #at = 0;

  constructor(choose) {
    this.choose = choose;
    this.element = h("div", { class: "slash", role: "listbox", id: "slash", "aria-label": word("page_commands"), hidden: true });
  }

  get isOpen() {
    return !this.element.hidden;
  }

  show(text) {
    const typed = text.replace(/^／/, "/").toLowerCase();
    this.#found = /^\/[a-z]*$/.test(typed) ? COMMANDS.filter((command) => command.name.startsWith(typed)) : [];
    this.#at = 0;
    this.#draw();
  }

  close() {
    this.#found = [];
    this.#draw();
  }

  /** Whether the key was for this menu. */
  onKey(event) {
    if (!this.isOpen) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) this.#at = (this.#at + step + this.#found.length) % this.#found.length;
    else if (event.key === "Enter" || event.key === "Tab") this.choose(this.#found[this.#at]);
    else if (event.key === "Escape") this.#found = [];
    else return false;
    this.#draw();
    return true;
  }

  #draw() {
    this.element.hidden = this.#found.length === 0;
    const rows = this.#found.map((command, index) =>
      h(
        "div",
        { role: "option", id: `slash-${index}`, "aria-selected": index === this.#at ? "true" : "false", onmousedown: (event) => (event.preventDefault(), this.choose(command), this.close()) },
        h("code", {}, command.name),
        h("span", {}, word(command.about)),
      ),
    );
    this.element.replaceChildren(...rows);
  }

  get active() {
    return this.isOpen ? `slash-${this.#at}` : null;
  }
}
