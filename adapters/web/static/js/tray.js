// Pictures that wait to be sent with a message: dropped, pasted or chosen, checked by the server at once.

import { ApiProblem, upload } from "./api.js";
import { h, icon } from "./dom.js";
import { toast } from "./notices.js";
import { state } from "./state.js";
import { word } from "./words.js";

const RETRY_MS = 2500;

export class Tray {
  #items = [];

  constructor(changed) {
    this.changed = changed;
    this.element = h("ul", { class: "tray", "aria-label": word("page_pictures"), hidden: true });
  }

  get isEmpty() {
    return this.#items.length === 0;
  }

  add(files) {
    // Before the page has heard the limits, the server alone watches over them.
    const { uploads: limit, upload_bytes } = state.me?.limits ?? { uploads: Infinity, upload_bytes: Infinity };
    for (const file of files) {
      if (this.#items.length >= limit) {
        toast(word("page_too_many_files", { limit, name: file.name }));
        break;
      }
      if (file.size > upload_bytes) toast(word("refused_picture_too_large", { name: file.name, limit: upload_bytes / 1_000_000 }));
      else this.#start(file);
    }
    this.#draw();
  }

  #start(file) {
    const item = { file, name: file.name || "pasted.png", url: URL.createObjectURL(file), id: null, is_gone: false };
    item.ready = this.#send(item);
    this.#items.push(item);
  }

  async #send(item) {
    while (!item.is_gone) {
      try {
        item.id = (await upload(item.file, item.name)).id;
        break;
      } catch (problem) {
        if (!(problem instanceof ApiProblem)) throw problem;
        if (!problem.is_passing) {
          toast(problem.message);
          this.#remove(item);
          break;
        }
        if (problem.code !== "offline" && !item.was_told) toast(problem.message);
        item.was_told = true;
        await new Promise((resume) => setTimeout(resume, RETRY_MS));
      }
    }
    this.#draw();
  }

  /** Waits until all are with the server, and hands them over; the tray is empty then. */
  async take() {
    const items = this.#items;
    await Promise.all(items.map((item) => item.ready));
    const taken = items.filter((item) => item.id !== null && !item.is_gone);
    this.#items = this.#items.filter((item) => !taken.includes(item));
    this.#draw();
    return taken.map(({ id, name, url }) => ({ id, name, url }));
  }

  #remove(item) {
    item.is_gone = true;
    this.#items = this.#items.filter((other) => other !== item);
    URL.revokeObjectURL(item.url);
    this.#draw();
  }

  #draw() {
    this.element.hidden = this.isEmpty;
    this.element.replaceChildren(...this.#items.map((item) => this.#drawItem(item)));
    this.changed();
  }

  #drawItem(item) {
    const remove = h("button", { type: "button", class: "tray-remove", "aria-label": word("page_remove", { name: item.name }), onclick: () => this.#remove(item) }, icon("close"));
    const image = h("img", { src: item.url, alt: item.name });
    return h("li", { class: item.id === null ? "is-loading" : "", title: item.name }, image, remove);
  }
}
