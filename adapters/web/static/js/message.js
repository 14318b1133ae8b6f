// Draws one message with who said it, when, and what hangs on it.

import { drawCard } from "./card.js";
import { h, icon } from "./dom.js";
import { fold } from "./fold.js";
import { ago, clockTime, hue, initials, moment } from "./format.js";
import { tell } from "./state.js";
import { word } from "./words.js";

/** options: {is_root, in_thread} */
export function drawMessage(message, options = {}) {
  if (message.is_deleted) return drawDeleted(message, options);
  const is_ours = message.card !== null;
  return h(
    "article",
    { class: classesOf(message, is_ours), id: `${options.in_thread ? "t" : "m"}-${message.id}`, "data-id": message.id, "aria-label": labelOf(message) },
    drawAvatar(message, is_ours),
    h(
      "div",
      { class: "body" },
      message.is_private && h("p", { class: "private-note" }, icon("lock"), word("page_only_you")),
      drawHead(message, is_ours),
      is_ours ? drawCard(message) : drawWords(message),
      drawAttachments(message.attachments),
      message.problem && h("p", { class: "line-warning" }, icon("warning"), h("span", {}, message.problem)),
      !options.in_thread && is_ours && drawThreadLink(message),
    ),
  );
}

// What is left of a deleted message that others have answered: the way to its thread.
function drawDeleted(message, options) {
  return h(
    "article",
    { class: "message is-deleted", id: `${options.in_thread ? "t" : "m"}-${message.id}`, "data-id": message.id },
    h("span", { class: "avatar", "aria-hidden": "true" }),
    h("div", { class: "body" }, h("p", { class: "line-quiet" }, word("page_deleted")), !options.in_thread && drawThreadLink(message)),
  );
}

function classesOf(message, is_ours) {
  return ["message", is_ours && "is-ours", message.is_private && "is-private", message.is_pending && "is-pending"].filter(Boolean).join(" ");
}

function labelOf(message) {
  const who = message.card === null ? message.author : "Inkthread";
  return `${who}: ${message.card === null ? message.text : message.card.text}`.slice(0, 300);
}

function drawAvatar(message, is_ours) {
  if (is_ours) return h("img", { class: "avatar", src: "/static/favicon.svg", alt: "", width: 36, height: 36 });
  const avatar = h("span", { class: "avatar", "aria-hidden": "true" }, initials(message.author));
  avatar.style.setProperty("--hue", hue(message.author));
  return avatar;
}

function drawHead(message, is_ours) {
  return h(
    "header",
    { class: "head" },
    h("strong", { class: "author", dir: "auto" }, is_ours ? "Inkthread" : message.author),
    is_ours && h("span", { class: "app-mark" }, word("page_app")),
    is_ours && message.card.revision !== null && h("span", { class: "version" }, `v${message.card.revision}`),
    message.is_pending
      ? h("span", { class: "at" }, word("page_sending"))
      : h("time", { class: "at", datetime: new Date(message.created_ms).toISOString(), title: moment(message.created_ms) }, clockTime(message.created_ms)),
  );
}

// Options stand out a little; it is only dress, what counts as an option is decided elsewhere. They are Latin
// whatever stands around them, so that it is the person's own words that tell which way the message runs.
const DRESSED = /^(\/[a-z]+)(?=\s|$)|((?<=\s)--?[a-z]+(?=\s|$))|^(v\d+[a-h]?)(?=\s*:)/g;

function drawWords(message) {
  if (message.text === "") return null;
  const parts = [];
  let end = 0;
  for (const found of message.text.matchAll(DRESSED)) {
    parts.push(message.text.slice(end, found.index), h("code", { dir: "ltr" }, found[0]));
    end = found.index + found[0].length;
  }
  parts.push(message.text.slice(end));
  const is_aside = message.text.startsWith("//");
  const words = h("p", { class: is_aside ? "words is-aside" : "words", dir: "auto" }, ...parts);
  return fold(words, message.text, message.key ?? message.id);
}

function drawAttachments(attachments) {
  if (attachments.length === 0) return null;
  return h("div", { class: "attachments" }, attachments.map(drawAttachment));
}

function drawAttachment(attachment) {
  const image = h("img", { src: attachment.url, alt: word("page_reference", { name: attachment.name }), loading: "lazy" });
  const tile = h("div", { class: "attachment", title: attachment.name }, image);
  image.addEventListener("error", () => tile.replaceChildren(icon("picture"), h("span", {}, attachment.name)));
  return tile;
}

function drawThreadLink(message) {
  const { replies } = message;
  if (!replies && message.card.kind !== "result") return null;
  const label = replies
    ? [h("strong", {}, word("page_replies", { count: replies.count })), h("span", { class: "thread-link-when" }, word("page_last_reply", { when: ago(replies.last_ms) }))]
    : [h("strong", {}, word("page_reply_to_change"))];
  return h(
    "button",
    { type: "button", class: replies ? "thread-link has-replies" : "thread-link", "data-focus": "thread", onclick: () => tell("open-thread", { ref: message.id }) },
    replies?.picture ? h("img", { src: `${replies.picture.url}?w=160`, alt: "" }) : icon("reply"),
    ...label,
  );
}
