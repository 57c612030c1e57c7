// Cells of a list: walking through them by keyboard, and changing them in place.

import { say } from "./app.js";
import { firstInput } from "./list.js";
import { startPickers } from "./picker.js";

// Cells take the focus by arrow keys; Enter, F2, a double click or the pencil
// open the input, Escape leaves it as it was.
const cellOf = (target) => target.closest?.("table[data-table] tbody tr[data-row] > td:not(.tick)");
const headOf = (cell) => cell.closest("table").tHead.rows[0].cells[cell.cellIndex];
const nameOf = (cell) => headOf(cell)?.dataset.edit;

function focusCell(cell) {
  if (!cell) return;
  cell.tabIndex = -1;
  cell.focus();
  cell.scrollIntoView({ block: "nearest", inline: "nearest" });
}

document.addEventListener("focusin", (event) => {
  document.querySelector(".cell-pencil")?.remove();
  const cell = cellOf(event.target);
  if (!cell || event.target !== cell || !nameOf(cell)) return;
  const pencil = document.createElement("button");
  pencil.type = "button";
  pencil.className = "cell-pencil";
  pencil.tabIndex = -1;
  pencil.textContent = "✎";
  pencil.ariaLabel = cell.closest("table").dataset.pencil;
  cell.classList.add("can-edit");
  cell.append(pencil);
});
document.addEventListener("focusout", (event) => {
  const cell = cellOf(event.target);
  if (cell && !cell.contains(event.relatedTarget)) {
    cell.querySelector(".cell-pencil")?.remove();
    cell.classList.remove("can-edit");
  }
});
document.addEventListener("click", (event) => {
  const cell = cellOf(event.target);
  if (!cell || cell.classList.contains("editing")) return;
  if (event.target.closest(".cell-pencil")) edit(cell);
  else if (!event.target.closest("a, button, input, label")) focusCell(cell);
});
document.addEventListener("dblclick", (event) => {
  const cell = cellOf(event.target);
  if (cell && !event.target.closest("a, button, input")) edit(cell);
});
document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  const frame = event.target.closest?.(".table-frame");
  const cell = cellOf(event.target);
  if (event.target.closest?.(".cell-form")) {
    if (event.key === "Escape") cancel(event.target.closest("td"));
    return;
  }
  if (frame && event.target === frame && event.key === "ArrowDown") {
    event.preventDefault();
    focusCell(frame.querySelector("tr[data-row] > td:not(.tick)"));
    return;
  }
  if (!cell || event.target.closest("input, select, textarea")) return;
  cell.removeAttribute("data-opening");
  if (event.key === "F2" || (event.key === "Enter" && event.target === cell && nameOf(cell))) {
    event.preventDefault();
    edit(cell);
  } else if (event.key === "Enter" && event.target === cell) {
    cell.querySelector("a")?.click();
  } else if (event.key === " " && event.target === cell) {
    event.preventDefault();
    cell.parentElement.querySelector("[name=ids]")?.click();
  } else if (event.key.startsWith("Arrow")) {
    event.preventDefault();
    focusCell(neighbour(cell, event.key));
  }
});

function neighbour(cell, key) {
  if (key === "ArrowLeft" || key === "ArrowRight") {
    const next = key === "ArrowLeft" ? cell.previousElementSibling : cell.nextElementSibling;
    return next?.matches(":not(.tick)") ? next : null;
  }
  const rows = [...cell.closest("table").querySelectorAll("tr[data-row]")];
  return rows[rows.indexOf(cell.parentElement) + (key === "ArrowDown" ? 1 : -1)]?.cells[cell.cellIndex];
}

async function edit(cell) {
  const name = nameOf(cell);
  if (!name || cell.classList.contains("editing") || cell.hasAttribute("data-opening")) return;
  cell.setAttribute("data-opening", "");
  const { path, columns } = cell.closest("table").dataset;
  const url = `${path}/${cell.parentElement.dataset.row}/cell/${name}?columns=${columns}`;
  const answer = await fetch(url, { headers: { "HX-Request": "true" } });
  const left = !cell.hasAttribute("data-opening") || !cell.isConnected;
  cell.removeAttribute("data-opening");
  if (left) return;
  if (!answer.ok) {
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    return say(page.querySelector("[data-error]")?.textContent.trim() || answer.statusText);
  }
  cell.querySelector(".cell-pencil")?.remove();
  cell.before = [...cell.childNodes];
  cell.classList.add("editing");
  cell.innerHTML = await answer.text();
  htmx.process(cell);
  startPickers(cell);
  const input = firstInput(cell) ?? cell.querySelector("input[type=checkbox]");
  input?.focus();
  input?.select?.();
}

function cancel(cell) {
  cell.replaceChildren(...cell.before);
  cell.classList.remove("editing");
  focusCell(cell);
}
document.addEventListener("click", (event) => {
  if (event.target.closest(".cell-form [data-cancel]")) cancel(event.target.closest("td"));
});

// After saving the row is new: the focus goes where it was, sums are the server's.
let saved = null;
document.addEventListener("htmx:beforeRequest", (event) => {
  if (!event.detail.elt.matches("[data-cell-form]")) return;
  const cell = event.detail.elt.closest("td");
  saved = { row: cell.parentElement.dataset.row, at: cell.cellIndex };
});
document.addEventListener("htmx:afterSettle", () => {
  if (!saved) return;
  const cell = document.querySelector(`tr[data-row="${saved.row}"]`)?.cells[saved.at];
  saved = null;
  const form = cell?.querySelector(".cell-form");
  if (form) {
    startPickers(form);
    firstInput(form)?.focus();
    return;
  }
  focusCell(cell);
  refreshSums();
});
async function refreshSums() {
  const foot = document.querySelector("#results tfoot");
  if (foot) await htmx.ajax("GET", location.href, { source: foot, target: foot, select: "tfoot", swap: "outerHTML" });
}
