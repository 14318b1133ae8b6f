// Small passing words: toasts for problems, and a quiet voice for screen readers.

import { byId, h, icon } from "./dom.js";
import { word } from "./words.js";

const TOAST_MS = 7000;
const MOST_SAID = 200;

export function toast(text, { action = null, label = "" } = {}) {
  const close = () => element.remove();
  const element = h(
    "div",
    { class: "toast" },
    icon("warning"),
    h("p", { dir: "auto" }, text),
    action && h("button", { type: "button", class: "quiet", onclick: () => (action(), close()) }, label),
    h("button", { type: "button", class: "tool small", "aria-label": word("page_dismiss"), onclick: close }, icon("close")),
  );
  byId("toasts").append(element);
  setTimeout(close, action ? TOAST_MS * 2 : TOAST_MS);
}

export function say(text) {
  const line = h("p", { dir: "auto" }, text.length > MOST_SAID ? `${text.slice(0, MOST_SAID)}…` : text);
  byId("said").append(line);
  setTimeout(() => line.remove(), 10_000);
}
