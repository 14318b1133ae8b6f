// Puts the page together: loads it, hears what changes, and goes where the address says.

import { get } from "./api.js";
import { titleOf } from "./card.js";
import { Channel } from "./channel.js";
import { byId, h } from "./dom.js";
import { Gallery } from "./gallery.js";
import { drawEngine, drawPerson, refreshQuota, startTheme } from "./header.js";
import { Live } from "./live.js";
import { say, toast } from "./notices.js";
import { flush, waiting } from "./outbox.js";
import { on, state } from "./state.js";
import { Thread } from "./thread.js";
import { word } from "./words.js";

const LOST_MS = 1200;
const RETRY_MS = 2000;
const MOST_TOLD = 3;

const channel = new Channel();
const gallery = new Gallery();
const thread = new Thread({ close: () => go(state.view) });
let lost = null;
let wish = {};

// --- where we are ---

function go(view, ref = null) {
  const wanted = ref ? `#/studio/t/${encodeURIComponent(ref)}` : `#/${view}`;
  if (location.hash === wanted) follow();
  else location.hash = wanted;
}

async function follow() {
  const [, view = "studio", , ref = null] = location.hash.split("/");
  state.view = view === "gallery" ? "gallery" : "studio";
  const is_gallery = state.view === "gallery";
  byId("channel").hidden = is_gallery;
  byId("gallery").hidden = !is_gallery;
  byId("title").textContent = is_gallery ? word("page_gallery") : "studio";
  byId("title").classList.toggle("is-channel", !is_gallery);
  byId("subtitle").textContent = word(is_gallery ? "page_gallery_subtitle" : "page_subtitle");
  for (const place of ["studio", "gallery"]) {
    if (place === state.view) byId(`to-${place}`).setAttribute("aria-current", "page");
    else byId(`to-${place}`).removeAttribute("aria-current");
  }
  showSidebar(false);
  if (is_gallery) await gallery.open();
  await followThread(ref && decodeURIComponent(ref));
}

async function followThread(ref) {
  document.body.classList.toggle("has-thread", ref !== null);
  const was = thread.ref;
  if (ref !== null) await thread.show(ref, wish);
  else {
    thread.hide();
    if (was !== null) document.getElementById(`m-${was}`)?.querySelector("[data-focus=thread]")?.focus({ preventScroll: true });
  }
  wish = {};
  drawPending();
}

on("open-thread", ({ ref, prefill = null }) => {
  wish = { prefill };
  go("studio", ref);
});

function showSidebar(is_open) {
  document.body.classList.toggle("has-sidebar", is_open);
  byId("scrim").hidden = !is_open;
  byId("open-sidebar").setAttribute("aria-expanded", String(is_open));
}

// --- what changes ---

on("messages", (messages) => {
  const roots = messages.filter((message) => message.thread === null);
  // A changed reply tells its thread's summary as it stands now.
  for (const message of messages) if (message.thread) channel.list.setReplies(message.thread, message.replies);
  if (roots.length) channel.list.put(roots);
  if (thread.ref) {
    const here = messages.filter((message) => message.thread === thread.ref || message.id === thread.ref);
    if (here.length) thread.list.put(here);
    if (here.some((message) => message.card || message.is_deleted)) thread.refreshVersions();
  }
  announce(messages);
  if (messages.some((message) => message.card)) refreshQuota();
  drawPending();
});

// To listeners each message is told once, however often it changes, and of many at a time only that they came.
const told = new Set();

function announce(messages) {
  const news = messages.filter((message) => !message.is_mine && !message.is_deleted && message.card?.kind !== "placeholder" && !told.has(message.id));
  for (const message of news) told.add(message.id);
  if (news.length > MOST_TOLD) say(word("page_new_messages"));
  else for (const message of news) say(newsOf(message));
}

function newsOf({ author, text, card }) {
  if (!card) return `${author}: ${text}`;
  return card.kind === "result" ? word("page_picture_ready", { text: titleOf(card) }) : `Inkthread: ${card.text}`;
}

on("progress", (live) => {
  channel.list.progress(live);
  thread.list?.progress(live);
});

on("reset", async () => {
  try {
    await Promise.all([channel.load(), thread.load()]);
  } catch (problem) {
    toast(problem.message);
  }
});

// --- what was not sent yet ---

on("outbox", drawPending);

function drawPending() {
  const messages = waiting().filter((entry) => entry.kind === "message").map(pendingMessage);
  channel.list.setPending(messages.filter((message) => message.thread === null));
  thread.list?.setPending(messages.filter((message) => message.thread === thread.ref));
}

function pendingMessage(entry) {
  const { body, shown, at_ms } = entry;
  const attachments = (shown.attachments ?? []).map((one) => ({ ...one, url: `/api/uploads/${one.id}` }));
  return {
    id: `pending-${body.key}`, key: body.key, seq: Infinity, thread: body.thread ?? null, author: shown.author ?? word("page_you"), is_mine: true, is_private: false,
    text: body.text, attachments, card: null, live: null, replies: null, created_ms: at_ms, updated_ms: at_ms, is_pending: true, problem: entry.problem ?? null,
  };
}

on("refused", ({ entry, problem }) => {
  if (entry.kind !== "message") return toast(problem.message);
  const composer = entry.body.thread ? thread.composer : channel.composer;
  const back = () => (composer ?? channel.composer).write(entry.body.text);
  if (composer?.input.value === "") {
    back();
    toast(problem.message);
  } else toast(problem.message, { action: back, label: word("page_put_back") });
});

on("connection", (is_up) => {
  clearTimeout(lost);
  if (is_up) {
    byId("banner").hidden = true;
    thread.catchUp();
  } else lost = setTimeout(showLost, byId("banner").hidden ? LOST_MS : 0);
});

function showLost() {
  const banner = byId("banner");
  banner.replaceChildren(h("span", { class: "pulse", "aria-hidden": "true" }), word("page_lost"));
  banner.hidden = false;
}

// --- keys ---

document.addEventListener("keydown", (event) => {
  const is_typing = event.target.closest("input, textarea, [contenteditable], dialog");
  if (event.key === "/" && !is_typing && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    if (state.view !== "studio") go("studio");
    channel.composer.write(channel.composer.input.value || "/");
  } else if (event.key === "Escape" && !event.defaultPrevented && !event.isComposing && !document.querySelector("dialog[open]")) {
    if (document.body.classList.contains("has-sidebar")) showSidebar(false);
    else if (thread.ref) go(state.view);
  }
});

// --- beginning ---

async function start() {
  state.me = await get("/api/me");
  state.clock_ahead_ms = state.me.now_ms - Date.now();
  state.engine = await get("/api/engine");
  drawPerson();
  drawEngine();
  const after = await channel.load();
  new Live().start(after);
  refreshQuota();
  await follow();
  drawPending();
  flush();
  if (!matchMedia("(pointer: coarse)").matches && !thread.ref) channel.composer.input.focus();
}

async function startUntilItWorks() {
  try {
    await start();
  } catch (problem) {
    if (problem.code === undefined) throw problem;
    showLost();
    setTimeout(startUntilItWorks, RETRY_MS);
    return;
  }
  document.body.dataset.ready = "1";
}

startTheme();
addEventListener("hashchange", follow);
byId("open-sidebar").addEventListener("click", () => showSidebar(true));
byId("scrim").addEventListener("click", () => showSidebar(false));
startUntilItWorks();
