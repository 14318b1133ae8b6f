// The versions of a thread as one line of thread: each picture where it came from, branches below.

import { h, svg } from "./dom.js";
import { openLightbox } from "./lightbox.js";
import { openMenu } from "./menu.js";
import { isRightToLeft, word } from "./words.js";

const TILE = 52;
const STEP_X = 78;
const STEP_Y = 66;
const PAD = 8;
const LABEL = 16;
const BEND = 20;

/** actions: {edit(name), goTo(name), compare(name)} */
export function drawStrip(versions, actions) {
  const spots = layOut(versions.revisions);
  const width = PAD * 2 + Math.max(...[...spots.values()].map((spot) => spot.x)) + TILE;
  const height = PAD * 2 + Math.max(...[...spots.values()].map((spot) => spot.y)) + TILE + LABEL - PAD;
  const lines = svg("svg", { class: "strip-lines", width, height, "aria-hidden": "true" });
  for (const revision of versions.revisions) {
    const from = revision.parent && spots.get(revision.parent.revision);
    if (from) lines.append(svg("path", { d: curve(from, spots.get(revision.number)) }));
  }
  const tiles = versions.revisions.map((revision) => drawTile(revision, spots.get(revision.number), versions, actions));
  const canvas = h("div", { class: "strip-canvas", role: "toolbar", "aria-label": word("page_versions_label"), onkeydown: (event) => onKey(event, tiles) }, lines, ...tiles);
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
  return h("div", { class: "strip" }, canvas);
}

// Each version stands a column further; the first child goes on in its parent's row, others open a row below.
function layOut(revisions) {
  const spots = new Map();
  const taken = new Set();
  let rows = 0;
  revisions.forEach((revision, column) => {
    const parent = revision.parent?.revision;
    const is_first = parent !== undefined && !taken.has(parent);
    const row = is_first ? spots.get(parent).row : rows++;
    if (parent !== undefined) taken.add(parent);
    spots.set(revision.number, { row, x: PAD + column * STEP_X, y: PAD + row * STEP_Y });
  });
  return spots;
}

// Along a row the thread runs straight; a branch hangs down from its parent's label and turns, behind no tile.
function curve(from, to) {
  const [x, y] = [to.x, to.y + TILE / 2];
  if (from.row === to.row) return `M${from.x + TILE} ${y}H${x}`;
  const middle = from.x + TILE / 2;
  return `M${middle} ${from.y + TILE + LABEL}V${y - BEND}Q${middle} ${y} ${middle + BEND} ${y}H${x}`;
}

function drawTile(revision, spot, versions, actions) {
  if (revision.is_forgotten) return drawGap(revision, spot);
  const is_head = versions.head?.revision === revision.number;
  const letter = is_head && revision.pictures.length > 1 ? versions.head.letter : "";
  const picture = revision.pictures.find((one) => one.letter === letter) ?? revision.pictures[0];
  const name = `v${revision.number}`;
  const head = `${name}${letter}`;
  const label = is_head ? word("page_tile_current", { head, text: revision.text }) : `${head}: ${revision.text}`;
  const tile = h(
    "button",
    { type: "button", class: is_head ? "tile is-head" : "tile", tabindex: is_head ? "0" : "-1", "aria-label": label, title: revision.text, "aria-haspopup": "menu", "data-focus": name, onclick: (event) => openMenu(event.currentTarget, itemsFor(revision, is_head, actions), { label: name }) },
    picture && h("img", { src: `${picture.url}?w=160`, alt: "" }),
    h("span", {}, `${name}${letter}`),
  );
  tile.style.insetInlineStart = `${spot.x}px`;
  tile.style.top = `${spot.y}px`;
  return tile;
}

// A deleted version keeps its place and number: what came of it hangs there.
function drawGap(revision, spot) {
  const name = `v${revision.number}`;
  const gap = h("button", { type: "button", class: "tile is-gone", tabindex: "-1", disabled: true, "aria-label": word("page_tile_deleted", { head: name }), title: word("page_tile_deleted", { head: name }) }, h("span", { class: "gap" }), h("span", {}, name));
  gap.style.insetInlineStart = `${spot.x}px`;
  gap.style.top = `${spot.y}px`;
  return gap;
}

function itemsFor(revision, is_head, actions) {
  const name = `v${revision.number}`;
  const shots = revision.pictures.map((picture) => ({ ...picture, title: revision.text, alt: `${name}: ${revision.text}`, file_name: `inkthread-${name}${revision.pictures.length > 1 ? picture.letter : ""}.${picture.format}` }));
  return [
    { label: word("page_view", { head: name }), icon: "view", action: () => openLightbox(shots) },
    { label: word("page_edit_from", { head: name }), icon: "edit", action: () => actions.edit(name) },
    !is_head && { label: word("page_go_on", { head: name }), icon: "goto", action: () => actions.say(name) },
    !is_head && { label: word("page_compare_current"), icon: "compare", action: () => actions.compare(name) },
  ].filter(Boolean);
}

function onKey(event, tiles) {
  const ahead = isRightToLeft ? -1 : 1;
  const step = { ArrowRight: ahead, ArrowLeft: -ahead, ArrowDown: 1, ArrowUp: -1 }[event.key];
  const left = tiles.filter((tile) => !tile.disabled);
  const at = left.indexOf(document.activeElement);
  if (!step || at < 0) return;
  event.preventDefault();
  left[(at + step + left.length) % left.length].focus();
}
