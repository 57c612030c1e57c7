// Sums that follow what is typed. Only to be seen: the server reads what is sent.

import { cellOf, form, inputs, places, scale } from "./cells.js";

const UNITS = { 千: 1e3, 万: 1e4, 亿: 1e8 };

/** Smallest steps of a text; 0 for nothing, NaN for what is no number. */
function steps(text) {
  const found = text.normalize("NFKC").replace(/[\s,'’%]/g, "").match(/^[^\d.+-]{0,3}([+-]?\d*\.?\d+)([千万亿])?\D{0,3}$/u);
  if (!text.trim()) return 0;
  return found ? Math.round(Number(found[1]) * (UNITS[found[2]] ?? 1) * scale) : NaN;
}

const shown = (value) => (value / scale).toLocaleString("en-US", { maximumFractionDigits: 3 });
const sums = new Map();
for (const span of form.querySelectorAll("[data-sum]")) sums.set(span, steps(span.textContent));

/** Rows whose sums a person is part of: their own, their teams', and everybody's. */
const above = new Map();
{
  let path = [];
  for (const row of form.querySelectorAll("tbody tr")) {
    if (row.dataset.team) path = [...path.filter((team) => Number(team.dataset.depth) < Number(row.dataset.depth)), row];
    else above.set(row, [row, ...path, form.querySelector("[data-whole]")].filter(Boolean));
  }
}

function spansOf(input) {
  const column = String(places.get(cellOf(input))[1]);
  return above.get(input.closest("tr")).flatMap((row) =>
    [...row.querySelectorAll("[data-sum]")].filter((span) => span.dataset.sum === "all" || span.dataset.sum === column));
}

function difference(input) {
  const [now, before] = [steps(input.value), steps(input.defaultValue)];
  return Number.isNaN(now) || Number.isNaN(before) ? 0 : now - before;
}

export function sumUp() {
  const added = new Map();
  for (const input of inputs) {
    const more = difference(input);
    if (more) for (const span of spansOf(input)) added.set(span, (added.get(span) ?? 0) + more);
  }
  for (const [span, base] of sums) span.textContent = shown(base + (added.get(span) ?? 0));
}

/** Let the sums count from another text of a cell than the one they were made with. */
export function settle(input, text) {
  const more = steps(text) - steps(input.defaultValue);
  if (more) for (const span of spansOf(input)) sums.set(span, sums.get(span) + more);
  input.defaultValue = text;
}
