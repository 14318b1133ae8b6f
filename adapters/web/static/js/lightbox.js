// One picture, large: Esc closes, arrows go to its neighbours. Shows and downloads the exact bytes.

import { h, icon, unbroken } from "./dom.js";
import { isRightToLeft, word } from "./words.js";

/** shots: [{url, original_url, alt, title, file_name, width, height, actions: [{label, icon, run}]}] */
export function openLightbox(shots, at = 0) {
  const image = h("img", { class: "lightbox-picture" });
  const title = h("p", { class: "lightbox-title", dir: "auto" });
  const place = h("span", { class: "lightbox-place" });
  const tools = h("div", { class: "lightbox-tools" });
  const dialog = h(
    "dialog",
    { class: "lightbox", "aria-label": word("page_picture"), onclose: () => dialog.remove(), onclick: onBackdrop, onkeydown: onKey },
    h("div", { class: "lightbox-stage" }, image),
    h("div", { class: "lightbox-foot" }, h("div", { class: "lightbox-words" }, title, place), tools),
    step(-1, "left", word("page_previous")),
    step(1, "right", word("page_next")),
    h("button", { type: "button", class: "lightbox-close", autofocus: true, "aria-label": word("page_close"), onclick: () => dialog.close() }, icon("close")),
  );

  function step(by, name, label) {
    const is_alone = shots.length < 2;
    return h("button", { type: "button", class: `lightbox-${name}`, "aria-label": label, hidden: is_alone, onclick: () => show(at + by) }, icon(name));
  }

  function show(index) {
    at = (index + shots.length) % shots.length;
    const shot = shots[at];
    image.src = shot.url;
    image.alt = shot.alt;
    title.replaceChildren(...unbroken(shot.title));
    const rest = [word("caption_ai"), shots.length > 1 && word("page_place", { at: at + 1, count: shots.length })].filter(Boolean);
    place.replaceChildren(h("bdi", { dir: "ltr" }, `${shot.width}×${shot.height}`), ` · ${rest.join(" · ")}`);
    const actions = (shot.actions ?? []).map((action) =>
      h("button", { type: "button", class: "glass", onclick: () => (dialog.close(), action.run()) }, icon(action.icon), action.label),
    );
    tools.replaceChildren(...actions, h("a", { class: "glass", href: downloadUrl(shot), download: "" }, icon("download"), word("page_download")));
  }

  function onKey(event) {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step) show(at + (isRightToLeft ? -step : step));
  }

  function onBackdrop(event) {
    if (event.target === dialog || event.target.classList.contains("lightbox-stage")) dialog.close();
  }

  document.body.append(dialog);
  show(at);
  dialog.showModal();
}

export function downloadUrl(shot) {
  const name = shot.file_name ? `&name=${encodeURIComponent(shot.file_name)}` : "";
  return `${shot.original_url ?? shot.url}?download=1${name}`;
}

export function saveFile(shot) {
  const link = h("a", { href: downloadUrl(shot), download: "" });
  document.body.append(link);
  link.click();
  link.remove();
}
