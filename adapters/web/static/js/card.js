// Draws one of our own messages: lines, pictures, what is being made, buttons.

import { h, icon, patient, unbroken } from "./dom.js";
import { fold } from "./fold.js";
import { elapsed } from "./format.js";
import { openLightbox, saveFile } from "./lightbox.js";
import { openMenu } from "./menu.js";
import { send } from "./outbox.js";
import { serverNow, tell } from "./state.js";
import { word } from "./words.js";

const ICONS = {
  edit: "edit", again: "again", undo: "undo", redo: "redo", final: "final", use: "use", goto: "goto", compare: "compare",
  history: "history", original: "file", why: "why", cancel: "close", try_again: "again", confirm: "use", delete: "trash",
};

export function drawCard(message) {
  const { card } = message;
  const is_making = card.kind === "placeholder";
  return h(
    "div",
    { class: `card card-${card.kind}`, "data-card": message.id },
    card.lines.map((line, index) => drawLine(line, card.kind, `${message.id}-${index}`)),
    is_making ? drawMaking(message) : drawPictures(message),
    card.caption && !is_making && h("p", { class: "caption" }, card.caption),
    drawButtons(message),
  );
}

function drawLine(line, kind, key) {
  if (line.tone === "code") return h("pre", { class: "line-code", dir: "auto", tabindex: "0" }, line.text);
  // While a picture is being made, its state stands below the frame.
  if (kind === "placeholder" && line.tone === "quiet") return null;
  const is_warning = line.tone === "warning";
  const words = line.thread
    ? h("button", { type: "button", class: "link line-link", "data-focus": `line-${line.thread}-${line.text}`, onclick: () => tell("open-thread", { ref: line.thread }) }, line.text)
    : h("span", {}, unbroken(line.text));
  const drawn = h("p", { class: `line-${line.tone}`, dir: "auto" }, is_warning && icon("warning"), words);
  return fold(drawn, line.text, key);
}

// --- while it is made ---

function drawMaking(message) {
  const { card } = message;
  const live = message.live ?? { progress: card.progress, preview_url: null };
  const states = card.lines.filter((line) => line.tone === "quiet").map((line) => line.text);
  const making = h(
    "div",
    { class: "making", "data-making": message.id },
    h("div", { class: "making-frame" }, h("span", { class: "making-thread" })),
    h(
      "div",
      { class: "making-foot" },
      h("span", { class: "pulse", "aria-hidden": "true" }),
      h("span", { class: "making-state", dir: "auto" }, states.join(" ")),
      h("span", { class: "making-time", "aria-hidden": "true" }),
      card.caption && h("span", { class: "making-price" }, card.caption),
    ),
  );
  showProgress(making, live);
  return making;
}

/** Brings a placeholder up to date without drawing it anew. */
export function showProgress(making, live) {
  const began = live.progress?.started_at_s;
  if (began) making.dataset.began = began;
  if (!live.preview_url) return;
  const frame = making.querySelector(".making-frame");
  const preview = h("img", { class: "making-preview", src: live.preview_url, alt: word("page_preview") });
  preview.addEventListener("load", () => {
    frame.style.aspectRatio = `${preview.naturalWidth} / ${preview.naturalHeight}`;
    frame.querySelectorAll(".making-preview:not(:last-of-type)").forEach((old) => old.remove());
  });
  frame.append(preview);
}

setInterval(() => {
  for (const making of document.querySelectorAll("[data-began]")) {
    const seconds = serverNow() / 1000 - Number(making.dataset.began);
    making.querySelector(".making-time").textContent = elapsed(seconds);
  }
}, 1000);

// --- pictures ---

function drawPictures(message) {
  const { pictures } = message.card;
  if (pictures.length === 0) return null;
  const is_grid = pictures.length > 1;
  const shots = pictures.map((picture) => shotOf(message, picture));
  return h(
    "div",
    { class: is_grid ? "pictures is-grid" : "pictures", "data-count": pictures.length },
    pictures.map((picture, index) => drawPicture(message, picture, is_grid, () => openLightbox(shots, index))),
  );
}

function drawPicture(message, picture, is_grid, open) {
  // Whole originals: those far up are fetched when somebody comes near. Their place is kept meanwhile.
  const src = is_grid ? `${picture.url}?w=960` : picture.url;
  const image = patient(h("img", { src, alt: picture.alt, width: picture.width, height: picture.height, decoding: "async", loading: "lazy" }));
  const use = is_grid && message.card.buttons.find((button) => button.act === "use" && button.subject.endsWith(picture.letter));
  const figure = h(
    "figure",
    { class: "picture" },
    h("button", { type: "button", class: "picture-open", "data-focus": `picture-${picture.letter}`, "aria-label": word("page_open_picture", { alt: picture.alt }), onclick: open }, image),
    picture.letter && h("span", { class: "letter", "aria-hidden": "true" }, picture.letter),
    use && h("button", { type: "button", class: "use", "data-focus": `use-${picture.letter}`, onclick: (event) => press(message, use, event.currentTarget) }, h("bdi", {}, use.label)),
  );
  figure.style.setProperty("--ratio", picture.width / picture.height);
  figure.style.setProperty("--width", `${picture.width}px`);
  return figure;
}

function shotOf(message, picture) {
  const edit = message.card.buttons.find((button) => button.act === "edit");
  const actions = edit ? [{ label: word("button_edit"), icon: "edit", run: () => startEdit(message, edit.subject + (picture.letter ?? "")) }] : [];
  return { ...picture, title: titleOf(message.card), actions };
}

export const titleOf = (card) => card.lines.find((line) => line.tone === "title")?.text ?? card.text;

// --- buttons ---

function drawButtons(message) {
  const in_pictures = message.card.pictures.length > 1 ? "use" : null;
  const buttons = message.card.buttons.filter((button) => button.act !== in_pictures);
  const first = buttons.filter((button) => !button.in_more);
  const more = buttons.filter((button) => button.in_more);
  if (buttons.length === 0) return null;
  return h(
    "div",
    { class: "buttons", role: "group", "aria-label": word("page_buttons") },
    first.map((button) =>
      h(
        "button",
        { type: "button", class: "act", "data-act": button.act, "data-focus": `${button.act}-${button.subject}`, onclick: (event) => press(message, button, event.currentTarget) },
        icon(ICONS[button.act] ?? "use"),
        h("bdi", {}, button.label),
      ),
    ),
    more.length > 0 && drawMore(message, more),
  );
}

function drawMore(message, buttons) {
  const items = buttons.map((button) => ({ label: button.label, icon: ICONS[button.act], action: () => press(message, button, null) }));
  return h(
    "button",
    { type: "button", class: "act is-more", "data-focus": "more", "aria-haspopup": "menu", "aria-expanded": "false", "aria-label": word("page_more"), title: word("page_more"), onclick: (event) => openMenu(event.currentTarget, items) },
    icon("more"),
  );
}

/** What a button does: two of them need no server. */
export function press(message, button, element) {
  if (button.act === "edit") return startEdit(message, button.subject);
  const letter = button.subject.match(/[a-h]$/)?.[0] ?? null;
  const pictures = message.card.pictures;
  const only = pictures.length === 1 ? pictures[0] : pictures.find((picture) => picture.letter === letter);
  if (button.act === "original" && only) return saveFile(only);
  if (element) rest(element);
  if (button.act !== "cancel") tell("open-thread", { ref: message.thread ?? message.id });
  send("press", { message: message.id, act: button.act, subject: button.subject });
}

function startEdit(message, subject) {
  tell("open-thread", { ref: message.thread ?? message.id, prefill: subject ? `${subject}: ` : "" });
}

// A pressed button rests for a moment, so that a double click is one press.
function rest(element) {
  element.disabled = true;
  setTimeout(() => (element.disabled = false), 1500);
}
