// The edges of the page: what is left, which engine, who you are, light or dark.

import { get, post } from "./api.js";
import { byId, debounced, h, icon } from "./dom.js";
import { dollars, hue, initials } from "./format.js";
import { toast } from "./notices.js";
import { remember, state, tell } from "./state.js";

const PERIODS = { day: "today", week: "this week", month: "this month" };
const SCOPES = { actor: "You", role: "Your group", channel: "This channel", workspace: "This team", installation: "Everybody" };

// --- quota ---

export const refreshQuota = debounced(async () => {
  try {
    state.quota = (await get("/api/quota")).rows;
    drawQuota();
  } catch {
    // Asked again with the next picture.
  }
}, 400);

function drawQuota() {
  const shown = [narrowest("pictures"), narrowest("micros")].filter(Boolean);
  if (shown.length === 0) return byId("quota").replaceChildren();
  const parts = shown.map((row) => h("span", {}, h("b", {}, amount(row, row.used + row.held)), ` of ${amount(row, row.amount)} ${PERIODS[row.period]}`));
  const share = Math.max(...shown.map((row) => (row.used + row.held) / Math.max(1, row.amount)));
  const ring = h("span", { class: share >= 0.8 ? "ring is-nearly" : "ring", "aria-hidden": "true" });
  ring.style.setProperty("--share", `${Math.min(1, share) * 360}deg`);
  const button = h("button", { type: "button", class: "quota", "aria-haspopup": "dialog", title: "What is left", onclick: showQuota }, ring, h("span", { class: "quota-words" }, ...parts));
  byId("quota").replaceChildren(button);
}

// The allowance nearest to its end speaks for its kind.
function narrowest(metric) {
  const rows = state.quota.filter((row) => row.metric === metric);
  return rows.sort((one, other) => share(other) - share(one) || rank(one) - rank(other))[0];
}

const share = (row) => (row.used + row.held) / Math.max(1, row.amount);
const rank = (row) => Object.keys(SCOPES).indexOf(row.scope);
const amount = (row, value) => (row.metric === "micros" ? dollars(value) : String(value));

function showQuota() {
  const rows = state.quota.map((row) => {
    const bar = h("span", { class: share(row) >= 0.8 ? "meter is-nearly" : "meter" }, h("i", {}));
    bar.firstChild.style.width = `${Math.min(100, share(row) * 100)}%`;
    const left = Math.max(0, row.amount - row.used - row.held);
    const unit = row.metric === "micros" ? "" : " pictures";
    return h(
      "li",
      {},
      h("span", { class: "quota-row" }, h("strong", {}, `${SCOPES[row.scope]}, ${PERIODS[row.period]}`), h("span", {}, `${amount(row, left)}${unit} left of ${amount(row, row.amount)}`)),
      bar,
      h("small", {}, `Starts anew ${new Date(row.back_at).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" })}`),
    );
  });
  const dialog = h(
    "dialog",
    { class: "sheet", "aria-label": "What is left", onclose: () => dialog.remove(), onclick: (event) => event.target === dialog && dialog.close() },
    h("header", {}, h("h2", {}, "What is left"), h("button", { type: "button", class: "tool", "aria-label": "Close", onclick: () => dialog.close() }, icon("close"))),
    rows.length ? h("ul", { class: "quota-list" }, rows) : h("p", {}, "There are no limits here."),
    h("p", { class: "fine" }, "Failures, refusals, undo, compare and history cost nothing."),
  );
  document.body.append(dialog);
  dialog.showModal();
}

// --- engine and person ---

export function drawEngine() {
  const { is_sandbox, model } = state.engine;
  const box = byId("engine");
  box.hidden = false;
  box.classList.toggle("is-sandbox", is_sandbox);
  box.replaceChildren(
    h("span", { class: "engine-dot", "aria-hidden": "true" }),
    h("span", {}, h("strong", {}, is_sandbox ? "Sandbox – free" : model), h("small", {}, is_sandbox ? "A stand-in, not a real model" : "Real model, real cost")),
  );
}

export function drawPerson() {
  const avatar = h("span", { class: "avatar", "aria-hidden": "true" }, initials(state.me.name));
  avatar.style.setProperty("--hue", hue(state.me.name));
  const button = h("button", { type: "button", class: "person", title: "Change your name", onclick: editName }, avatar, h("span", {}, h("strong", { dir: "auto" }, state.me.name), h("small", {}, "Change your name")));
  byId("person").replaceChildren(button);
}

function editName() {
  const input = h("input", { id: "name", value: state.me.name, maxlength: state.me.limits.name, dir: "auto", autocomplete: "nickname" });
  const form = h(
    "form",
    { class: "name-form", onsubmit: (event) => (event.preventDefault(), saveName(input.value)), onkeydown: (event) => event.key === "Escape" && drawPerson() },
    h("label", { for: "name" }, "Your name"),
    input,
    h("button", { type: "submit", class: "primary" }, "Save"),
  );
  byId("person").replaceChildren(form);
  input.select();
}

async function saveName(name) {
  try {
    state.me.name = (await post("/api/me", { name })).name;
    drawPerson();
    tell("reset");
  } catch (problem) {
    toast(problem.message);
  }
}

// --- light and dark ---

const DARK = matchMedia("(prefers-color-scheme: dark)");
const isDark = () => (document.documentElement.dataset.theme ?? (DARK.matches ? "dark" : "light")) === "dark";

export function startTheme() {
  const button = byId("theme");
  const draw = () => {
    const label = isDark() ? "Use the light theme" : "Use the dark theme";
    button.setAttribute("aria-label", label);
    button.title = label;
    button.replaceChildren(icon(isDark() ? "sun" : "moon"));
  };
  button.addEventListener("click", () => {
    const wanted = isDark() ? "light" : "dark";
    document.documentElement.dataset.theme = wanted;
    remember("theme", wanted);
    draw();
  });
  DARK.addEventListener("change", draw);
  draw();
}
