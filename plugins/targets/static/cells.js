// The cells of the sheet, and saying things.

export const form = document.querySelector("[data-sheet]");
export const words = form.dataset;
export const scale = Number(words.scale);
const rows = [...form.querySelectorAll("tr[data-person]")];
export const cells = rows.map((row) => [...row.querySelectorAll("td.cell")]);
export const inputs = [...form.querySelectorAll("td.cell input")];
export const problems = document.querySelector("[data-problems]");
export const places = new Map();
cells.forEach((line, r) => line.forEach((cell, c) => places.set(cell, [r, c])));

export const cellOf = (target) => target.closest?.("td.cell");
export const inputAt = (r, c) => cells[r]?.[c]?.querySelector("input") ?? null;
export const label = (input) => input.getAttribute("aria-labelledby").split(" ").map((id) => document.getElementById(id).textContent.trim()).join(", ");
export const keyOf = (name) => name.split(".").slice(0, 3).join(".");
export const filled = (text, given) => text.replace(/\{(\w+)\}/g, (_, name) => given[name]);

export function say(text) {
  const line = document.createElement("div");
  line.className = "toast-line";
  line.textContent = text;
  document.getElementById("toasts").append(line);
  setTimeout(() => line.remove(), 9000);
}
