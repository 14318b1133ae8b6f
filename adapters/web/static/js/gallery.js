// Everything that was made, newest first.

import { get } from "./api.js";
import { byId, h, icon, unbroken } from "./dom.js";
import { moment } from "./format.js";
import { openLightbox } from "./lightbox.js";
import { toast } from "./notices.js";
import { tell } from "./state.js";

export class Gallery {
  #items = [];

  constructor() {
    this.grid = h("div", { class: "gallery-grid" });
    this.more = h("button", { type: "button", class: "quiet", hidden: true, onclick: () => this.#load(this.#items.at(-1).made_at) }, "Show more");
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
  const image = h("img", { src: `${item.picture.url}?w=480`, alt: `v${item.revision}: ${item.text}`, width: item.picture.width, height: item.picture.height, loading: "lazy" });
  return h(
    "button",
    { type: "button", class: "gallery-tile", onclick: open },
    image,
    h("span", { class: "gallery-words" }, h("span", { class: "gallery-text", dir: "auto" }, ...unbroken(item.text)), h("span", { class: "gallery-who" }, `${item.actor_name} · v${item.revision} · AI-generated`)),
  );
}

function shotOf(item) {
  const name = `v${item.revision}`;
  const actions = item.thread ? [{ label: "Open thread", icon: "reply", run: () => tell("open-thread", { ref: item.thread }) }] : [];
  return { ...item.picture, title: item.text, alt: `${name}: ${item.text}, made ${moment(new Date(item.made_at))}`, file_name: `inkthread-${name}${item.letter}.${item.picture.format}`, actions };
}

function drawEmpty() {
  return h("div", { class: "empty" }, icon("picture"), h("h2", {}, "Nothing here yet"), h("p", {}, "Finished pictures gather here. ", h("a", { href: "#/studio" }, "Ask for the first one"), "."));
}
