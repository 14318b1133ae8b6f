// Everything that was made, newest first.

import { get } from "./api.js";
import { byId, h, icon, patient, unbroken } from "./dom.js";
import { moment } from "./format.js";
import { openLightbox } from "./lightbox.js";
import { toast } from "./notices.js";
import { tell } from "./state.js";
import { word, worded } from "./words.js";

export class Gallery {
  #items = [];

  constructor() {
    this.grid = h("div", { class: "gallery-grid" });
    this.more = h("button", { type: "button", class: "quiet", hidden: true, onclick: () => this.#load(this.#items.at(-1).made_at) }, word("page_show_more"));
    byId("gallery").append(h("div", { class: "gallery-scroll", tabindex: "-1" }, this.grid, this.more));
  }

  async open() {
    this.#items = [];
    await this.#load(null);
  }

  async #load(before) {
    try {
      const page = await get(before ? `/api/gallery?before=${encodeURIComponent(before)}` : "/api/gallery");
      this.#items = [...this.#items, ...page.items];
      this.more.hidden = !page.has_more;
      this.#draw();
    } catch (problem) {
      toast(problem.message);
    }
  }

  #draw() {
    const shots = this.#items.map(shotOf);
    const tiles = this.#items.map((item, index) => drawTile(item, () => openLightbox(shots, index)));
    this.grid.replaceChildren(...(tiles.length ? tiles : [drawEmpty()]));
  }
}

function drawTile(item, open) {
  const image = patient(h("img", { src: `${item.picture.url}?w=480`, alt: `v${item.revision}: ${item.text}`, width: item.picture.width, height: item.picture.height, loading: "lazy" }));
  return h(
    "button",
    { type: "button", class: "gallery-tile", onclick: open },
    image,
    h("span", { class: "gallery-words" }, h("span", { class: "gallery-text", dir: "auto" }, ...unbroken(item.text)), h("span", { class: "gallery-who" }, h("bdi", {}, item.actor_name), ` · v${item.revision} · ${word("caption_ai")}`)),
  );
}

function shotOf(item) {
  const name = `v${item.revision}`;
  const actions = item.thread ? [{ label: word("page_open_thread"), icon: "reply", run: () => tell("open-thread", { ref: item.thread }) }] : [];
  return { ...item.picture, title: item.text, alt: word("page_gallery_alt", { head: name, text: item.text, when: moment(new Date(item.made_at)) }), file_name: `inkthread-${name}${item.letter}.${item.picture.format}`, actions };
}

function drawEmpty() {
  return h("div", { class: "empty" }, icon("picture"), h("h2", {}, word("page_gallery_empty")), h("p", {}, ...worded("page_gallery_empty_text", { link: h("a", { href: "#/studio" }, word("page_gallery_first")) })));
}
