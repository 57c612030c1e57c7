// The sheet of targets: walking and typing in it as in a spreadsheet.

import { cellOf, form, inputs } from "./cells.js";
import { commit, enter, leave, mark, put, redo, undo } from "./edits.js";
import { fill } from "./many.js";
import { at, move, pick, range } from "./picking.js";
import "./saving.js";
import { sumUp } from "./sums.js";

/** Whether the arrows move inside of the cell. */
let editing = false;

form.addEventListener("focusin", ({ target }) => {
  if (!inputs.includes(target)) return;
  at.anchor = cellOf(target);
  pick(at.anchor);
  editing = false;
  enter(target);
  target.select();
});
form.addEventListener("focusout", ({ target }) => commit(target));
form.addEventListener("input", ({ target }) => {
  if (!inputs.includes(target)) return;
  mark(target);
  sumUp();
});
form.addEventListener("mousedown", (event) => {
  const cell = cellOf(event.target);
  if (event.target === document.activeElement && inputs.includes(event.target) && !editing && !event.shiftKey) {
    // What is typed goes on replacing; a double click changes what is there.
    event.preventDefault();
    pick(at.anchor);
    event.target.select();
    return;
  }
  if (!cell || !event.shiftKey || !at.anchor) return;
  event.preventDefault();
  pick(cell);
});
form.addEventListener("mouseover", (event) => {
  const cell = cellOf(event.target);
  if (cell && event.buttons === 1 && at.anchor && !editing && cell !== (at.corner ?? at.anchor)) {
    getSelection().removeAllRanges();
    pick(cell);
  }
});
form.addEventListener("dblclick", ({ target }) => {
  if (!inputs.includes(target)) return;
  editing = true;
  target.setSelectionRange(target.value.length, target.value.length);
});

const MOVES = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

form.addEventListener("keydown", (event) => {
  const input = event.target;
  if (event.isComposing || !inputs.includes(input)) return;
  const key = event.key.toLowerCase();
  if ((event.ctrlKey || event.metaKey) && !event.altKey) {
    const what = { z: event.shiftKey ? redo : undo, y: redo, d: () => fill(1, 0), r: () => fill(0, 1), s: () => form.requestSubmit() }[key];
    if (!what) return;
    event.preventDefault();
    what();
  } else if (event.key === "Escape") {
    leave(input);
    editing = false;
    pick(at.anchor);
    input.select();
  } else if (event.key === "Enter") {
    event.preventDefault();
    commit();
    move(input, event.shiftKey ? -1 : 1, 0);
  } else if (event.key === "F2") {
    event.preventDefault();
    editing = !editing;
    if (editing) input.setSelectionRange(input.value.length, input.value.length);
  } else if (event.key === "Delete" || (event.key === "Backspace" && at.corner)) {
    if (editing) return;
    event.preventDefault();
    put(range().flat().map((cell) => cell.querySelector("input")).filter(Boolean).map((each) => ({ input: each, after: "" })));
  } else if (MOVES[event.key] && !editing && !event.altKey) {
    event.preventDefault();
    if (!event.shiftKey) commit();
    move(input, ...MOVES[event.key], event.shiftKey);
  }
});

document.querySelector("[data-undo]").addEventListener("click", undo);
document.querySelector("[data-redo]").addEventListener("click", redo);
