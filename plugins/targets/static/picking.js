// The cell that has the focus, and the corner up to which cells are picked with it.

import { cellOf, cells, form, inputAt, places } from "./cells.js";
import { look } from "./edits.js";

export const at = { anchor: null, corner: null };

export function range() {
  if (!at.anchor) return [];
  const [ar, ac] = places.get(at.anchor);
  const [br, bc] = places.get(at.corner ?? at.anchor);
  const found = [];
  for (let r = Math.min(ar, br); r <= Math.max(ar, br); r++)
    found.push(cells[r].slice(Math.min(ac, bc), Math.max(ac, bc) + 1));
  return found;
}

export function pick(to) {
  for (const cell of form.querySelectorAll(".picked")) cell.classList.remove("picked");
  at.corner = to === at.anchor ? null : to;
  if (at.corner) for (const cell of range().flat()) cell.classList.add("picked");
}

export function move(from, dr, dc, extend) {
  let [r, c] = places.get(extend ? (at.corner ?? at.anchor) : cellOf(from));
  for (;;) {
    r += dr;
    c += dc;
    const cell = cells[r]?.[c];
    if (!cell) return;
    if (extend) return pick(cell);
    const input = inputAt(r, c);
    if (input) return look(input);
  }
}
