// Many cells of the sheet at once: filling, copying, pasting.

import { cells, filled, form, inputAt, inputs, places, say, words } from "./cells.js";
import { commit, put } from "./edits.js";
import { at, range } from "./picking.js";

/** Fill what is picked from its first row or column; one cell alone from its neighbour. */
export function fill(down, right) {
  commit();
  let picked = range();
  if (!picked.length) return;
  const alone = down ? picked.length === 1 : picked[0].length === 1;
  if (alone) {
    const [r, c] = places.get(picked[0][0]);
    if (r - down < 0 || c - right < 0) return;
    picked = down ? [cells[r - 1].slice(c, c + picked[0].length), ...picked] : picked.map((line, i) => [cells[r + i][c - 1], ...line]);
  }
  const valueOf = (cell) => cell.querySelector("input")?.value ?? cell.textContent.trim();
  const edits = [];
  picked.forEach((line, r) => line.forEach((cell, c) => {
    const input = cell.querySelector("input");
    if (input && (down ? r : c)) edits.push({ input, after: valueOf(down ? picked[0][c] : line[0]) });
  }));
  put(edits);
}

form.addEventListener("copy", (event) => {
  if (!at.corner) return;
  event.preventDefault();
  const lines = range().map((line) => line.map((cell) => cell.querySelector("input")?.value ?? cell.textContent.trim()).join("\t"));
  event.clipboardData.setData("text/plain", lines.join("\n"));
});

form.addEventListener("paste", (event) => {
  if (!inputs.includes(event.target)) return;
  const text = event.clipboardData.getData("text/plain").replace(/\r\n?/g, "\n").replace(/\n$/, "");
  const block = text.split("\n").map((line) => line.split("\t").map((each) => each.trim().replace(/^"(.*)"$/, "$1")));
  const single = block.length === 1 && block[0].length === 1;
  if (single && !at.corner) return;
  event.preventDefault();
  commit();
  const picked = range();
  const [top, left] = places.get(picked[0][0]);
  const edits = [];
  let [empty, out] = [0, 0];
  const take = (r, c, value) => {
    if (!value) return (empty += 1);
    const input = inputAt(r, c);
    if (input) edits.push({ input, after: value });
    else out += 1;
  };
  if (single) picked.forEach((line, r) => line.forEach((_, c) => take(top + r, left + c, block[0][0])));
  else block.forEach((line, r) => line.forEach((value, c) => take(top + r, left + c, value)));
  put(edits);
  say(filled(words.pasted, { count: edits.length, empty, out }));
});
