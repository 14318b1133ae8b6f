// The edges of the page: what is left, which engine, who you are, light or dark.

import { get, post } from "./api.js";
import { byId, debounced, h, icon } from "./dom.js";
import { dollars, hue, initials, moment } from "./format.js";
import { toast } from "./notices.js";
import { remember, state, tell } from "./state.js";
import { word, worded } from "./words.js";

const SCOPES = ["actor", "role", "channel", "workspace", "installation"];

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
  const parts = shown.map((row) => h("span", {}, ...worded(`page_quota_${row.period}`, { used: h("b", {}, amount(row, row.used + row.held)), amount: amount(row, row.amount) })));
  const share = Math.max(...shown.map((row) => (row.used + row.held) / Math.max(1, row.amount)));
  const ring = h("span", { class: share >= 0.8 ? "ring is-nearly" : "ring", "aria-hidden": "true" });
  ring.style.setProperty("--share", `${Math.min(1, share) * 360}deg`);
  const button = h("button", { type: "button", class: "quota", "aria-haspopup": "dialog", title: word("page_left"), onclick: showQuota }, ring, h("span", { class: "quota-words" }, ...parts));
  byId("quota").replaceChildren(button);
}

// The allowance nearest to its end speaks for its kind.
function narrowest(metric) {
  const rows = state.quota.filter((row) => row.metric === metric);
  return rows.sort((one, other) => share(other) - share(one) || rank(one) - rank(other))[0];
}

const share = (row) => (row.used + row.held) / Math.max(1, row.amount);
const rank = (row) => SCOPES.indexOf(row.scope);
const amount = (row, value) => (row.metric === "micros" ? dollars(value) : String(value));

const capital = (text) => text[0].toLocaleUpperCase() + text.slice(1);

function showQuota() {
  const rows = state.quota.map((row) => {
    const bar = h("span", { class: share(row) >= 0.8 ? "meter is-nearly" : "meter" }, h("i", {}));
    bar.firstChild.style.width = `${Math.min(100, share(row) * 100)}%`;
    const left = Math.max(0, row.amount - row.used - row.held);
    const values = { left: amount(row, left), amount: amount(row, row.amount) };
    return h(
      "li",
      {},
      h("span", { class: "quota-row" }, h("strong", {}, capital(word(`whose_${row.scope}_${row.period}`))), h("span", {}, word(row.metric === "micros" ? "page_left_money" : "page_left_pictures", values))),
      bar,
      h("small", {}, word("page_starts_anew", { when: moment(new Date(row.back_at)) })),
    );
  });
  const dialog = h(
    "dialog",
    { class: "sheet", "aria-label": word("page_left"), onclose: () => dialog.remove(), onclick: (event) => event.target === dialog && dialog.close() },
    h("header", {}, h("h2", {}, word("page_left")), h("button", { type: "button", class: "tool", "aria-label": word("page_close"), onclick: () => dialog.close() }, icon("close"))),
    rows.length ? h("ul", { class: "quota-list" }, rows) : h("p", {}, word("page_no_limits")),
    h("p", { class: "fine" }, word("page_free")),
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
    h("span", {}, h("strong", {}, is_sandbox ? word("page_sandbox") : model), h("small", {}, word(is_sandbox ? "page_sandbox_note" : "page_real_note"))),
  );
}

export function drawPerson() {
  const avatar = h("span", { class: "avatar", "aria-hidden": "true" }, initials(state.me.name));
  avatar.style.setProperty("--hue", hue(state.me.name));
  const button = h("button", { type: "button", class: "person", title: word("page_change_name"), onclick: editName }, avatar, h("span", {}, h("strong", { dir: "auto" }, state.me.name), h("small", {}, word("page_change_name"))));
  byId("person").replaceChildren(button);
}

function editName() {
  const input = h("input", { id: "name", value: state.me.name, maxlength: state.me.limits.name, dir: "auto", autocomplete: "nickname" });
  const form = h(
    "form",
    { class: "name-form", onsubmit: (event) => (event.preventDefault(), saveName(input.value)), onkeydown: (event) => event.key === "Escape" && drawPerson() },
    h("label", { for: "name" }, word("page_your_name")),
    input,
    h("button", { type: "submit", class: "primary" }, word("page_save")),
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
    const label = word(isDark() ? "page_use_light" : "page_use_dark");
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
