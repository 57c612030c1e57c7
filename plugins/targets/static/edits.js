// What is changed in the sheet, step by step, so that it can be undone.

import { cellOf, inputs, words, filled } from "./cells.js";
import { sumUp } from "./sums.js";

export const isChanged = (input) => input.value.trim() !== input.defaultValue.trim();

export function mark(input) {
  const changed = isChanged(input);
  const cell = cellOf(input);
  cell.classList.toggle("changed", changed);
  cell.classList.toggle("gone", changed && !input.value.trim());
  if (!changed) unblame(input);
}

export function count() {
  const changed = inputs.filter(isChanged);
  const gone = changed.filter((input) => !input.value.trim()).length;
  const said = [];
  if (changed.length - gone) said.push(filled(words.changed, { count: changed.length - gone }));
  if (gone) said.push(filled(words.deleted, { count: gone }));
  document.querySelector("[data-count]").textContent = said.join(" · ");
  document.querySelector("[data-undo]").disabled = !past.length;
  document.querySelector("[data-redo]").disabled = !future.length;
  sumUp();
}

export function blame(input, reason) {
  input.setAttribute("aria-invalid", "true");
  input.title = reason;
  cellOf(input).classList.add("wrong");
}

export function unblame(input) {
  input.removeAttribute("aria-invalid");
  input.removeAttribute("title");
  cellOf(input).classList.remove("wrong");
}

/** What stood in the cell with the focus when it got it, or when that last became a step. */
let entered = "";

let past = [];
let future = [];

function apply(edits, to) {
  for (const edit of edits) {
    edit.input.value = edit[to];
    mark(edit.input);
  }
  count();
}

/** Change cells in one step that can be undone. */
export function put(edits) {
  const made = edits
    .map(({ input, after }) => ({ input, before: input.value, after }))
    .filter(({ before, after }) => before !== after);
  if (!made.length) return;
  past.push(made);
  future = [];
  apply(made, "after");
  for (const { input, after } of made) if (input === document.activeElement) entered = after;
}

export function undo() {
  commit();
  const step = past.pop();
  if (!step) return;
  future.push(step);
  apply(step, "before");
  look(step[0].input);
}

export function redo() {
  commit();
  const step = future.pop();
  if (!step) return;
  past.push(step);
  apply(step, "after");
  look(step[0].input);
}

/** What stands in a cell is where typing in it begins. */
export function enter(input) {
  entered = input?.value ?? "";
}

/** Give a cell back what stood in it. */
export function leave(input) {
  input.value = entered;
  mark(input);
  count();
}

export function look(input) {
  input.focus();
  input.select();
  enter(input);
}

/** What was typed into a cell becomes a step of its own. */
export function commit(input = document.activeElement) {
  if (!inputs.includes(input) || input.value === entered) return;
  past.push([{ input, before: entered, after: input.value }]);
  future = [];
  enter(input);
  count();
}
