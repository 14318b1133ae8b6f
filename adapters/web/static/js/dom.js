// Makes elements. Text goes in as text only: there is no way here to turn a string into markup.

const SVG = "http://www.w3.org/2000/svg";

/** h("button", {class: "tool", onclick: f, "aria-label": "Close"}, icon("close"), "Close") */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "value" || name === "hidden" || name === "disabled") element[name] = value;
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `/static/icons.svg#${name}`);
  svg.append(use);
  return svg;
}

export function svg(tag, attributes = {}, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  element.append(...children);
  return element;
}

/** Words with each option kept whole: "--" alone at the end of a line, or behind its name in Arabic, says nothing. */
export function unbroken(text) {
  const parts = text.split(/(?<![\w-])(--?[a-z]+)/);
  return parts.map((part, index) => (index % 2 === 1 ? h("span", { class: "option" }, part) : part));
}

const TRIES = 4;
const AGAIN_MS = 2000;

/** An image that is asked for again where it did not come: the server may be busy, or just starting. */
export function patient(image) {
  let tries = 0;
  image.addEventListener("error", () => {
    if (++tries < TRIES) setTimeout(() => (image.src = image.getAttribute("src")), AGAIN_MS * tries);
  });
  return image;
}

export const byId = (id) => document.getElementById(id);

/** Calls `f` once, after things have been quiet for `wait_ms`. */
export function debounced(f, wait_ms) {
  let timer = null;
  return (...values) => {
    clearTimeout(timer);
    timer = setTimeout(() => f(...values), wait_ms);
  };
}

/** Replaces `old` by `fresh`, keeping the keyboard's place when it was inside. */
export function replaceKeepingFocus(old, fresh) {
  const focused = old.contains(document.activeElement) ? document.activeElement.dataset.focus : null;
  old.replaceWith(fresh);
  if (focused) fresh.querySelector(`[data-focus="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
}
