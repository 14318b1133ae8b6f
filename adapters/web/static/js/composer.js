// Where people write: grows with the words, takes pictures, remembers what was not sent yet.

import { h, icon } from "./dom.js";
import { recall, remember } from "./state.js";
import { SlashMenu } from "./slash.js";
import { Tray } from "./tray.js";
import { word } from "./words.js";

const MAX_SENT = 30;

export class Composer {
  #sent = [];
  #back = 0;
  #is_leaving = false;
  #draft;

  /** options: {id, draft, label, placeholder, has_commands, hint(text) -> Element|null, send(text, uploads)} */
  constructor(options) {
    this.options = options;
    this.#draft = `draft.${options.draft}`;
    this.tray = new Tray(() => this.#changed());
    this.slash = new SlashMenu((command) => this.#choose(command));
    this.input = h("textarea", {
      id: options.id, rows: "1", "aria-label": options.label, placeholder: options.placeholder, dir: "auto", autocomplete: "off",
      "aria-controls": options.has_commands ? "slash" : null, "aria-autocomplete": options.has_commands ? "list" : null, oninput: () => this.#typed(), onkeydown: (event) => this.#onKey(event), onpaste: (event) => this.#onPaste(event),
    });
    this.chooser = h("input", { type: "file", accept: "image/*", multiple: true, hidden: true, tabindex: "-1", "aria-hidden": "true", onchange: () => this.#chosen() });
    this.button = h("button", { type: "submit", class: "send", "aria-label": word("page_send"), title: `${word("page_send")} (Enter)` }, icon("send"));
    this.hint = h("p", { class: "hint" });
    this.element = h(
      "form",
      { class: "composer", onsubmit: (event) => (event.preventDefault(), this.#submit()) },
      options.has_commands && this.slash.element,
      h(
        "div",
        { class: "composer-box" },
        this.tray.element,
        h(
          "div",
          { class: "composer-row" },
          h("button", { type: "button", class: "tool", "aria-label": word("page_add_pictures"), title: word("page_add_pictures"), onclick: () => this.chooser.click() }, icon("picture")),
          this.chooser,
          this.input,
          this.button,
        ),
      ),
      this.hint,
    );
    this.write(recall(this.#draft), { is_focused: false });
  }

  write(text, { is_focused = true } = {}) {
    this.input.value = text;
    this.#typed();
    if (!is_focused) return;
    this.input.focus();
    this.input.setSelectionRange(text.length, text.length);
  }

  addFiles(files) {
    const pictures = [...files].filter((file) => file.type.startsWith("image/") || /\.(png|jpe?g|webp|heic|tiff?|bmp|gif)$/i.test(file.name));
    this.tray.add(pictures.length > 0 ? pictures : files);
    if (this.options.has_commands && this.input.value.trim() === "") this.write("/imagine ");
    this.input.focus();
  }

  #typed() {
    remember(this.#draft, this.input.value);
    if (this.options.has_commands) this.slash.show(this.input.value);
    this.#changed();
  }

  #changed() {
    if (!this.input) return;
    this.input.style.height = "auto";
    // Before it is on the page it has no height to measure.
    if (this.input.scrollHeight > 0) this.input.style.height = `${Math.min(this.input.scrollHeight, innerHeight * 0.4)}px`;
    // An empty field has no words to tell a direction from: its hint runs as the page does.
    this.input.dir = this.input.value === "" ? document.dir : "auto";
    this.button.disabled = this.input.value.trim() === "" && this.tray.isEmpty;
    this.hint.replaceChildren(this.options.hint(this.input.value, this) ?? "");
    if (this.slash.active) this.input.setAttribute("aria-activedescendant", this.slash.active);
    else this.input.removeAttribute("aria-activedescendant");
  }

  #onKey(event) {
    if (event.isComposing || event.keyCode === 229) return;
    if (this.slash.onKey(event)) event.preventDefault();
    else if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && this.options.has_commands) {
      event.preventDefault();
      this.imagine();
    } else if (event.key === "Enter" && !event.shiftKey && !event.altKey) {
      event.preventDefault();
      this.#submit();
    } else if (event.key === "ArrowUp" && (this.input.value === "" || this.#back > 0)) this.#recall(event, 1);
    else if (event.key === "ArrowDown" && this.#back > 0) this.#recall(event, -1);
  }

  #recall(event, step) {
    const back = Math.max(0, Math.min(this.#back + step, this.#sent.length));
    if (back === this.#back) return;
    event.preventDefault();
    this.#back = back;
    this.write(back === 0 ? "" : this.#sent.at(-back));
  }

  #choose(command) {
    if (command.rest) this.write(`${command.name} `);
    else {
      this.write(command.name);
      this.#submit();
    }
  }

  /** Sends plain words as a wish for a picture. */
  imagine() {
    const text = this.input.value.trim();
    if (text !== "" && !/^[/／]/.test(text)) this.write(`/imagine ${text}`);
    this.#submit();
  }

  async #submit() {
    const text = this.input.value.trim();
    // While its pictures go up a message is on its way already: Enter again must not send it twice.
    if (this.#is_leaving || (text === "" && this.tray.isEmpty)) return;
    this.slash.close();
    this.button.classList.toggle("is-busy", !this.tray.isEmpty);
    this.#is_leaving = true;
    const uploads = await this.tray.take().finally(() => (this.#is_leaving = false));
    this.button.classList.remove("is-busy");
    if (text === "" && uploads.length === 0) return;
    if (text !== "") this.#sent = [...this.#sent, text].slice(-MAX_SENT);
    this.#back = 0;
    // What was typed while pictures were on their way stays.
    this.write(this.input.value.trim() === text ? "" : this.input.value);
    this.options.send(text, uploads);
  }

  #onPaste(event) {
    if (event.clipboardData.files.length === 0) return;
    event.preventDefault();
    this.addFiles(event.clipboardData.files);
  }

  #chosen() {
    this.addFiles([...this.chooser.files]);
    this.chooser.value = "";
  }
}

/** Lets files be dropped anywhere on `area`. */
export function acceptDrops(area, composer) {
  let depth = 0;
  area.dataset.drop = word("page_drop");
  const has_files = (event) => [...event.dataTransfer.types].includes("Files");
  const show = (is_over) => area.classList.toggle("is-drop", is_over);
  area.addEventListener("dragenter", (event) => has_files(event) && (event.preventDefault(), show(++depth > 0)));
  area.addEventListener("dragover", (event) => has_files(event) && event.preventDefault());
  area.addEventListener("dragleave", (event) => has_files(event) && show(--depth > 0));
  area.addEventListener("drop", (event) => {
    if (!has_files(event)) return;
    event.preventDefault();
    depth = 0;
    show(false);
    composer().addFiles([...event.dataTransfer.files]);
  });
}
