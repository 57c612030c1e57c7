// Lists: other states without a full reload, questions in dialogs, editing in place, ticked rows.

import { say } from "./app.js";
import { startPickers } from "./picker.js";
import "./calendar.js";
import "./cells.js";

const results = () => document.getElementById("results");

/** Show another state of the list in place; the address follows. */
export async function go(href) {
  const place = results();
  if (!place || new URL(href, location.href).pathname !== location.pathname) {
    location.href = href;
    return;
  }
  await htmx.ajax("GET", href, { source: place });
}

/** Draw the list anew where it is, as the server knows it now. */
export async function refresh() {
  if (!results()) return location.reload();
  await htmx.ajax("GET", location.href, { source: results() });
}

document.addEventListener("xg:go", (event) => {
  event.target.closest("dialog")?.close();
  go(event.detail.href);
});
document.addEventListener("xg:done", (event) => {
  event.target.closest("dialog")?.close();
  say(event.detail.message);
  refresh();
});

// Something was made or changed in a dialog over the list.
document.addEventListener("changed", () => results() && refresh());

// A question that comes back with what is wrong is no failure of the connection.
document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr, target } = event.detail;
  const asks = target?.closest?.(".ask, .cell-form") || event.detail.requestConfig?.elt?.closest?.(".cell-form");
  if (asks && [409, 422].includes(xhr.status)) {
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  }
});
document.addEventListener("htmx:afterSettle", () => {
  const ask = document.querySelector("dialog[open] .ask");
  if (ask && !ask.contains(document.activeElement)) firstInput(ask)?.focus();
});
// How values are to match asks for nothing while none is ticked.
document.addEventListener("change", (event) => {
  const { name, form } = event.target;
  if (!name?.endsWith("__match")) return;
  if (!form.querySelector(`[name="${name.replace(/match$/, "in")}"]:checked`)) event.stopPropagation();
}, true);
// Every letter was asked for already; leaving the box asks for nothing.
document.addEventListener("change", (event) => event.target.id === "q" && event.stopPropagation(), true);
// The search box is never swapped, since somebody may be typing; it follows the address.
document.addEventListener("htmx:pushedIntoHistory", (event) => {
  const box = document.getElementById("q");
  if (box && box !== document.activeElement)
    box.value = new URL(event.detail.path, location.href).searchParams.get("q") ?? "";
});

/** Where typing begins: what is wrong, else the first input. */
export function firstInput(place) {
  return place.querySelector("[aria-invalid], .is-invalid") ??
    place.querySelector("input:not([type=hidden]):not([type=checkbox]), select, textarea, button:not(.visually-hidden)");
}

// What follows from a choice inside of a question, such as the operators of a field.
document.addEventListener("change", (event) => {
  const form = event.target.form;
  if (event.target.hasAttribute("data-again") && form) {
    form.querySelector("[name=confirmed]")?.remove();
    htmx.ajax("POST", form.getAttribute("action"), { source: form, target: form.closest(".ask"), swap: "outerHTML", select: ".ask", values: { do: "again" } });
  }
  if (event.target.hasAttribute("data-only-one") && event.target.checked)
    for (const other of form.querySelectorAll(`[name="${event.target.name}"]`)) other.checked = other === event.target;
  // Two dates in place of a moving period.
  if (event.target.type === "date" && event.target.closest(".filter-range"))
    for (const period of event.target.closest(".menu-body").querySelectorAll("[data-only-one]")) period.checked = false;
}, true);

document.addEventListener("click", (event) => {
  const fold = event.target.closest("[data-fold-filters]");
  if (fold) fold.setAttribute("aria-expanded", String(fold.getAttribute("aria-expanded") !== "true"));
  const mover = event.target.closest("[data-move-up], [data-move-down]");
  if (mover) {
    event.preventDefault();
    const entry = mover.closest("li");
    if (mover.hasAttribute("data-move-up")) entry.previousElementSibling?.before(entry);
    else entry.nextElementSibling?.after(entry);
    mover.focus();
  }
});

// A filter that was just added opens at once.
let opens = "";
document.addEventListener("click", (event) => {
  opens = event.target.closest("[data-opens]")?.dataset.opens ?? "";
}, true);
document.addEventListener("htmx:afterSettle", () => {
  const menu = opens && document.getElementById(opens);
  if (!menu) return;
  opens = "";
  menu.open = true;
  menu.querySelector("input:not([type=hidden])")?.focus();
});

// Actions on the ticked rows ask in a dialog.
document.addEventListener("submit", async (event) => {
  const form = event.target.closest("form[data-dialog-form]");
  if (!form) return;
  event.preventDefault();
  const body = new FormData(form, event.submitter);
  for (const menu of form.querySelectorAll("details[open]")) menu.open = false;
  const answer = await fetch(form.getAttribute("action"), { method: "POST", body, headers: { "HX-Request": "true" } });
  const place = document.getElementById("dialogs");
  place.innerHTML = await answer.text();
  const dialog = place.querySelector("dialog");
  if (!dialog) return say(answer.statusText);
  htmx.process(place);
  startPickers(place);
  dialog.addEventListener("close", () => place.replaceChildren());
  dialog.showModal();
  firstInput(dialog)?.focus();
});
document.addEventListener("change", (event) => {
  const every = results()?.querySelector("[data-tick-every]");
  if (every && event.target !== every && !results().querySelector("[data-tick-all]")?.checked) every.checked = false;
});
