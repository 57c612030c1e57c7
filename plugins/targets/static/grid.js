// The sheet of targets: walking, typing, pasting, filling, undoing, and saving what has changed.

const form = document.querySelector("[data-sheet]");
const words = form.dataset;
const scale = Number(words.scale);
const rows = [...form.querySelectorAll("tr[data-person]")];
const cells = rows.map((row) => [...row.querySelectorAll("td.cell")]);
const inputs = [...form.querySelectorAll("td.cell input")];
const problems = document.querySelector("[data-problems]");
const places = new Map();
cells.forEach((line, r) => line.forEach((cell, c) => places.set(cell, [r, c])));

const cellOf = (target) => target.closest?.("td.cell");
const inputAt = (r, c) => cells[r]?.[c]?.querySelector("input") ?? null;
const label = (input) => input.getAttribute("aria-labelledby").split(" ").map((id) => document.getElementById(id).textContent.trim()).join(", ");
const keyOf = (name) => name.split(".").slice(0, 3).join(".");
const filled = (text, given) => text.replace(/\{(\w+)\}/g, (_, name) => given[name]);

function say(text) {
  const line = document.createElement("div");
  line.className = "toast-line";
  line.textContent = text;
  document.getElementById("toasts").append(line);
  setTimeout(() => line.remove(), 9000);
}

// --- Figures: only to show sums at once; the server reads what is typed.

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

function sumUp() {
  const added = new Map();
  for (const input of inputs) {
    const more = difference(input);
    if (more) for (const span of spansOf(input)) added.set(span, (added.get(span) ?? 0) + more);
  }
  for (const [span, base] of sums) span.textContent = shown(base + (added.get(span) ?? 0));
}

// --- What is changed.

const isChanged = (input) => input.value.trim() !== input.defaultValue.trim();

function mark(input) {
  const changed = isChanged(input);
  const cell = cellOf(input);
  cell.classList.toggle("changed", changed);
  cell.classList.toggle("gone", changed && !input.value.trim());
  if (!changed) unblame(input);
}

function count() {
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
function put(edits) {
  const made = edits
    .map(({ input, after }) => ({ input, before: input.value, after }))
    .filter(({ before, after }) => before !== after);
  if (!made.length) return;
  past.push(made);
  future = [];
  apply(made, "after");
  for (const { input, after } of made) if (input === document.activeElement) entered = after;
}

function undo() {
  commit();
  const step = past.pop();
  if (!step) return;
  future.push(step);
  apply(step, "before");
  look(step[0].input);
}

function redo() {
  commit();
  const step = future.pop();
  if (!step) return;
  past.push(step);
  apply(step, "after");
  look(step[0].input);
}

// --- Where one is: the cell with the focus, and the corner up to which cells are picked.

let editing = false;
let entered = "";
let anchor = null;
let corner = null;

function look(input) {
  input.focus();
  input.select();
  entered = input.value;
}

/** What was typed into the cell with the focus becomes a step of its own. */
function commit() {
  const input = document.activeElement;
  if (!inputs.includes(input) || input.value === entered) return;
  past.push([{ input, before: entered, after: input.value }]);
  future = [];
  entered = input.value;
  count();
}

function range() {
  if (!anchor) return [];
  const [ar, ac] = places.get(anchor);
  const [br, bc] = places.get(corner ?? anchor);
  const found = [];
  for (let r = Math.min(ar, br); r <= Math.max(ar, br); r++)
    found.push(cells[r].slice(Math.min(ac, bc), Math.max(ac, bc) + 1));
  return found;
}

function pick(to) {
  for (const cell of form.querySelectorAll(".picked")) cell.classList.remove("picked");
  corner = to === anchor ? null : to;
  if (corner) for (const cell of range().flat()) cell.classList.add("picked");
}

function move(from, dr, dc, extend) {
  let [r, c] = places.get(extend ? (corner ?? anchor) : cellOf(from));
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

form.addEventListener("focusin", ({ target }) => {
  if (!inputs.includes(target)) return;
  anchor = cellOf(target);
  pick(anchor);
  editing = false;
  entered = target.value;
  target.select();
});
form.addEventListener("focusout", ({ target }) => {
  if (!inputs.includes(target) || target.value === entered) return;
  past.push([{ input: target, before: entered, after: target.value }]);
  future = [];
  entered = target.value;
  count();
});
form.addEventListener("input", ({ target }) => {
  if (!inputs.includes(target)) return;
  mark(target);
  sumUp();
});
form.addEventListener("mousedown", (event) => {
  const cell = cellOf(event.target);
  if (!cell || !event.shiftKey || !anchor) return;
  event.preventDefault();
  pick(cell);
});
form.addEventListener("mouseover", (event) => {
  const cell = cellOf(event.target);
  if (cell && event.buttons === 1 && anchor && !editing && cell !== (corner ?? anchor)) {
    getSelection().removeAllRanges();
    pick(cell);
  }
});
form.addEventListener("dblclick", ({ target }) => {
  if (inputs.includes(target)) editing = true;
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
    input.value = entered;
    mark(input);
    count();
    editing = false;
    pick(anchor);
    input.select();
  } else if (event.key === "Enter") {
    event.preventDefault();
    commit();
    move(input, event.shiftKey ? -1 : 1, 0);
  } else if (event.key === "F2") {
    event.preventDefault();
    editing = !editing;
    if (editing) input.setSelectionRange(input.value.length, input.value.length);
  } else if (event.key === "Delete" || (event.key === "Backspace" && corner)) {
    if (editing) return;
    event.preventDefault();
    put(range().flat().map((cell) => cell.querySelector("input")).filter(Boolean).map((each) => ({ input: each, after: "" })));
  } else if (MOVES[event.key] && !editing && !event.altKey) {
    event.preventDefault();
    if (!event.shiftKey) commit();
    move(input, ...MOVES[event.key], event.shiftKey);
  }
});

// --- Many cells at once.

/** Fill what is picked from its first row or column; one cell alone from its neighbour. */
function fill(down, right) {
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
  if (!corner) return;
  event.preventDefault();
  const lines = range().map((line) => line.map((cell) => cell.querySelector("input")?.value ?? cell.textContent.trim()).join("\t"));
  event.clipboardData.setData("text/plain", lines.join("\n"));
});

form.addEventListener("paste", (event) => {
  if (!inputs.includes(event.target)) return;
  const text = event.clipboardData.getData("text/plain").replace(/\r\n?/g, "\n").replace(/\n$/, "");
  const block = text.split("\n").map((line) => line.split("\t").map((each) => each.trim().replace(/^"(.*)"$/, "$1")));
  const single = block.length === 1 && block[0].length === 1;
  if (single && !corner) return;
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

document.querySelector("[data-undo]").addEventListener("click", undo);
document.querySelector("[data-redo]").addEventListener("click", redo);

// --- Saving.

function blame(input, reason) {
  input.setAttribute("aria-invalid", "true");
  input.title = reason;
  cellOf(input).classList.add("wrong");
}

function unblame(input) {
  input.removeAttribute("aria-invalid");
  input.removeAttribute("title");
  cellOf(input).classList.remove("wrong");
}

function button(text, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "btn btn-sm ms-2";
  made.textContent = text;
  made.addEventListener("click", act);
  return made;
}

/** Take what the server holds as what was there before; the sums go along. */
function settle(input, { name, text }) {
  const more = steps(text) - steps(input.defaultValue);
  if (more) for (const span of spansOf(input)) sums.set(span, sums.get(span) + more);
  input.name = name;
  input.defaultValue = text;
}

function told(input, answer) {
  const line = document.createElement("li");
  const who = document.createElement("strong");
  who.textContent = label(input);
  const typed = input.value.trim() ? filled(words.typed, { text: input.value }) : words.emptied;
  line.append(who, `: ${answer.reason} ${typed}`);
  if (answer.state === "conflict") {
    const done = () => {
      mark(input);
      count();
      line.remove();
      if (!problems.querySelector("li")) problems.hidden = true;
      look(input);
    };
    line.append(
      button(words.take, () => {
        settle(input, answer);
        unblame(input);
        put([{ input, after: answer.text }]);
        done();
      }),
      button(words.mine, () => {
        const mine = input.value;
        settle(input, answer);
        input.value = mine;
        unblame(input);
        done();
        say(words.again);
      }),
    );
  }
  return line;
}

function show(answers) {
  const list = document.createElement("ul");
  list.className = "mb-0";
  for (const input of inputs) {
    const answer = answers[keyOf(input.name)];
    if (!answer) continue;
    if (answer.state === "saved") {
      settle(input, answer);
      input.value = answer.text;
      mark(input);
      unblame(input);
    } else if (answer.reason) {
      blame(input, answer.reason);
      list.append(told(input, answer));
    }
  }
  problems.replaceChildren(...(list.children.length ? [list] : []));
  problems.className = list.children.length ? "alert alert-warning mx-3 mb-2" : "";
  problems.hidden = !list.children.length;
  entered = inputs.includes(document.activeElement) ? document.activeElement.value : "";
  count();
}

let saving = false;

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  commit();
  const changed = inputs.filter(isChanged);
  if (!changed.length || saving) return;
  saving = true;
  form.setAttribute("aria-busy", "true");
  const body = new URLSearchParams();
  for (const hidden of form.querySelectorAll("input[type=hidden]")) body.set(hidden.name, hidden.value);
  body.set("cells", JSON.stringify(changed.map((input) => [input.name, input.value, !input.value.trim()])));
  try {
    const headers = { "HX-Request": "true", ...JSON.parse(document.body.getAttribute("hx-headers")) };
    const answer = await fetch(form.action || location.href, { method: "POST", body, headers });
    if (answer.status === 401) say(words.login);
    else if (!answer.ok || !(answer.headers.get("Content-Type") ?? "").startsWith("application/json")) {
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      say(filled(words.failed, { reason: page.querySelector("[data-error]")?.textContent.trim() || answer.statusText }));
    } else {
      const said = await answer.json();
      show(said.cells);
      say(said.message);
    }
  } catch {
    say(document.body.dataset.offline);
  } finally {
    saving = false;
    form.removeAttribute("aria-busy");
  }
});

addEventListener("beforeunload", (event) => {
  if (inputs.some(isChanged)) event.preventDefault();
});
