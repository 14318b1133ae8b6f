// A menu that opens at a button: arrows move, Enter chooses, Esc closes and gives the focus back.

import { h, icon } from "./dom.js";
import { isRightToLeft, word } from "./words.js";

let open = null;

/** items: [{label, icon, action, note}] */
export function openMenu(button, items, { label = word("page_more") } = {}) {
  closeMenu();
  const rows = items.map((item) =>
    h(
      "button",
      { type: "button", role: "menuitem", tabindex: "-1", class: "menu-item", onclick: () => choose(item) },
      icon(item.icon ?? "more"),
      h("bdi", {}, item.label),
    ),
  );
  const menu = h("div", { class: "menu", role: "menu", "aria-label": label, onkeydown: (event) => onKey(event, rows) }, ...rows);
  document.body.append(menu);
  place(menu, button);
  button.setAttribute("aria-expanded", "true");
  open = { menu, button };
  rows[0]?.focus();
  setTimeout(() => addEventListener("pointerdown", onOutside), 0);
}

export function closeMenu({ is_focus_given_back = false } = {}) {
  if (open === null) return;
  const { menu, button } = open;
  open = null;
  menu.remove();
  button.setAttribute("aria-expanded", "false");
  removeEventListener("pointerdown", onOutside);
  if (is_focus_given_back) button.focus();
}

function choose(item) {
  closeMenu({ is_focus_given_back: true });
  item.action();
}

function onOutside(event) {
  if (open && !open.menu.contains(event.target)) closeMenu();
}

function onKey(event, rows) {
  const at = rows.indexOf(document.activeElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key];
  if (to !== undefined) {
    event.preventDefault();
    rows[(to + rows.length) % rows.length].focus();
  } else if (event.key === "Escape" || event.key === "Tab") {
    event.preventDefault();
    event.stopPropagation();
    closeMenu({ is_focus_given_back: true });
  }
}

function place(menu, button) {
  const at = button.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = menu;
  const is_below = at.bottom + height + 8 < innerHeight;
  const left = isRightToLeft ? at.right - width : at.left;
  menu.style.left = `${Math.max(8, Math.min(left, innerWidth - width - 8))}px`;
  menu.style.top = `${is_below ? at.bottom + 6 : Math.max(8, at.top - height - 6)}px`;
}
