// What makes pages quick. Every page works without it.

import { startBoards } from "./board.js";
import { startPickers } from "./picker.js";
import { startRecord } from "./record.js";
import { startComposers } from "./talk.js";

document.documentElement.classList.add("script");

/** Say something to eyes and ears; gone after a while. `link` is {href, text}. */
export function say(text, link) {
  const line = document.createElement("div");
  line.className = "toast-line";
  line.textContent = text + (link ? " " : "");
  if (link) {
    const anchor = document.createElement("a");
    anchor.href = link.href;
    anchor.textContent = link.text;
    line.append(anchor);
  }
  document.getElementById("toasts")?.append(line);
  setTimeout(() => line.remove(), link ? 12000 : 7000);
}

// A long side menu shows where one is.
const showCurrent = () => document.querySelector(".side-nav [aria-current]")?.scrollIntoView({ block: "nearest" });
showCurrent();
document.getElementById("side")?.addEventListener("toggle", showCurrent);

// Which groups of it are unfolded is kept where the server knows it, so that no page jumps.
document.addEventListener("click", (event) => {
  const turned = event.target.closest?.("[data-menu] > summary")?.parentElement;
  if (!turned) return;
  const unfolded = [...document.querySelectorAll("[data-menu]")]
    .filter((group) => (group === turned ? !group.open : group.open))
    .map((group) => group.dataset.menu);
  const secure = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `unfolded=${unfolded.join(".")}; path=/; max-age=31536000; samesite=lax${secure}`;
});

// Menus close on a click elsewhere and on Escape, and only one is open.
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]"))
    if (!menu.contains(event.target)) menu.open = false;
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = event.target.closest?.("details.menu[open]") ?? document.querySelector("details.menu[open]");
  if (menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

// Transitions that ask something open a dialog instead of a page.
export async function openDialog(href) {
  const answer = await fetch(href, { headers: { "HX-Request": "true" } });
  if (!answer.ok) {
    location.href = href;
    return;
  }
  const place = document.getElementById("dialogs");
  place.innerHTML = await answer.text();
  htmx.process(place);
  startPickers(place);
  const dialog = place.querySelector("dialog");
  dialog.addEventListener("close", () => place.replaceChildren());
  dialog.showModal();
  firstToFill(dialog)?.focus();
}

/* A record that the page has already filled in is passed over. */
function firstToFill(dialog) {
  const all = [...dialog.querySelectorAll(".field input:not([type=hidden]), .field select, .field textarea")];
  return all.find((one) => !(one.value && one.closest("[data-picker]"))) ?? all[0];
}

document.addEventListener("click", (event) => {
  const opener = event.target.closest("a[data-dialog]");
  if (opener && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    // A menu does not wait behind the dialog; where it opens is where the focus comes back to.
    const menu = opener.closest("details.menu");
    if (menu) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
    openDialog(opener.dataset.dialog || opener.href);
  }
  const closer = event.target.closest("dialog [data-close]");
  if (closer) {
    event.preventDefault();
    closer.closest("dialog").close();
  }
  if (event.target.closest("[data-back]")) history.back();
});

// Leaving a form with unsaved input asks first.
let unsaved = false;
document.addEventListener("input", (event) => {
  if (event.target.form?.hasAttribute("data-guard")) unsaved = true;
});
document.addEventListener("submit", () => (unsaved = false));
addEventListener("beforeunload", (event) => {
  if (unsaved) event.preventDefault();
});

// Ticked rows.
document.addEventListener("change", (event) => {
  const results = event.target.closest("#results");
  if (!results) return;
  const rows = [...results.querySelectorAll("[name=ids]")];
  const all = results.querySelector("[data-tick-all]");
  if (event.target === all) for (const row of rows) row.checked = all.checked;
  const ticked = rows.filter((row) => row.checked).length;
  if (all) {
    all.checked = ticked === rows.length;
    all.indeterminate = ticked > 0 && ticked < rows.length;
  }
  const count = results.querySelector("[data-tick-count]");
  if (count) count.textContent = ticked;
});

// Filters: empty inputs stay out of the address, a picked record goes in by its id, and ticked
// values by the way in which they are to match.
document.addEventListener("htmx:configRequest", (event) => {
  if (event.target.id !== "tools") return;
  const form = event.detail.formData;
  for (const name of [...form.keys()]) {
    if (!name.endsWith("__id")) continue;
    const base = name.slice(0, -4);
    if (form.get(name) && form.get(`${base}__label`) === form.get(base)) form.set(base, form.get(name));
    form.delete(name);
    form.delete(`${base}__label`);
  }
  for (const match of [...form.keys()].filter((name) => name.endsWith("__match"))) {
    const ticked = match.replace(/match$/, "in");
    const values = form.getAll(ticked);
    form.delete(ticked);
    for (const value of values) form.append(match.replace(/match$/, form.get(match)), value);
    form.delete(match);
  }
  for (const name of new Set(form.keys())) {
    const values = form.getAll(name).filter((value) => value.trim());
    form.delete(name);
    if (values.length) form.append(name, values.join(","));
  }
});
let openFilters = [], inFocus = "";
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.target.id !== "results") return;
  openFilters = [...document.querySelectorAll("details.filter[open]")].map((menu) => menu.id);
  inFocus = document.activeElement.closest("details.filter") ? document.activeElement.id : "";
});
document.addEventListener("htmx:afterSettle", () => {
  for (const id of openFilters) {
    const menu = document.getElementById(id);
    if (menu) menu.open = true;
  }
  if (inFocus) document.getElementById(inFocus)?.focus();
  openFilters = [];
  inFocus = "";
  startPickers(document);
  startBoards(document);
  startComposers(document);
});
document.addEventListener("drawn", (event) => startPickers(event.detail));
document.addEventListener("htmx:sendError", () => say(document.body.dataset.offline));
// A session that has ended: the form goes again as a plain one, which the server keeps while it
// asks to log in.
function sendPlainly(form, button) {
  if (button?.name) {
    const pressed = document.createElement("input");
    Object.assign(pressed, { type: "hidden", name: button.name, value: button.value });
    form.append(pressed);
  }
  HTMLFormElement.prototype.submit.call(form);
}
document.addEventListener("htmx:responseError", (event) => {
  const { xhr, elt, requestConfig } = event.detail;
  if (xhr.status === 401) {
    if (elt instanceof HTMLFormElement && elt.getAttribute("method") === "post")
      sendPlainly(elt, requestConfig.triggeringEvent?.submitter);
    else location.reload();
    return;
  }
  const page = new DOMParser().parseFromString(event.detail.xhr.responseText, "text/html");
  say(page.querySelector("[data-error]")?.textContent.trim() || event.detail.xhr.statusText);
});

startPickers(document);
startBoards(document);
startComposers(document);
startRecord();
