// Long words: a few lines of them, and a button for the rest. Nothing is cut away: all of it can be searched,
// copied and read aloud as it stands. Whether they are long is told from the words alone, so that nothing jumps.

import { h } from "./dom.js";
import { word } from "./words.js";

const MOST_LINES = 10;
const COLUMNS = 80;
const WIDE = /[\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60]/gu;

/** What somebody has unfolded stays so when its message is drawn anew. */
const unfolded = new Set();
let count = 0;

/** The element as it is, or, where its words are long, folded with a button below. `key` names it for good. */
export function fold(element, text, key) {
  if (!isLong(text)) return element;
  element.id = `fold-${++count}`;
  element.classList.add("fold");
  const button = h("button", { type: "button", class: "link fold-button", "data-focus": `fold-${key}`, "aria-controls": element.id, onclick: () => toggle(element, button, key) });
  draw(element, button, key);
  return h("div", { class: "fold-box" }, element, button);
}

function isLong(text) {
  const lines = text.split("\n").reduce((sum, line) => sum + Math.max(1, Math.ceil(columnsOf(line) / COLUMNS)), 0);
  return lines > MOST_LINES;
}

const columnsOf = (line) => line.length + (line.match(WIDE)?.length ?? 0);

function draw(element, button, key) {
  const is_open = unfolded.has(key);
  element.classList.toggle("is-folded", !is_open);
  element.scrollTop = 0;
  button.setAttribute("aria-expanded", String(is_open));
  button.textContent = word(is_open ? "page_show_less" : "page_show_all");
}

function toggle(element, button, key) {
  const scroller = element.closest(".list");
  const before = button.getBoundingClientRect().top;
  if (!unfolded.delete(key)) {
    unfolded.add(key);
    element.dispatchEvent(new CustomEvent("unfold", { bubbles: true }));
    return draw(element, button, key);
  }
  draw(element, button, key);
  // What was above goes away: the button stays under the finger that pressed it.
  if (scroller) scroller.scrollTop += button.getBoundingClientRect().top - before;
}
