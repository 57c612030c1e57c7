// Cards that move: by mouse, touch or pen (pointer events) and by Alt+arrow keys.

import { say } from "./app.js";

const THRESHOLD = 6; // pixels before a press becomes a drag
const HOLD = 220; // milliseconds a finger rests before it drags instead of scrolling

export function startBoards(root) {
  for (const board of root.querySelectorAll("[data-board]:not([data-started])")) start(board);
}

function start(board) {
  board.dataset.started = "";
  const lanes = () => [...board.querySelectorAll("[data-lane]")];
  let held = null;

  board.addEventListener("pointerdown", (event) => {
    const card = event.target.closest("[data-card]");
    if (!card || !card.querySelector(".board-card-menu") || event.button !== 0) return;
    if (event.target.closest("details, button")) return;
    const box = card.getBoundingClientRect();
    held = { card, x: event.clientX, y: event.clientY, dx: event.clientX - box.left, dy: event.clientY - box.top, id: event.pointerId, touch: event.pointerType === "touch", since: event.timeStamp };
    if (held.touch) held.timer = setTimeout(() => held && lift(), HOLD);
  });

  board.addEventListener("pointermove", (event) => {
    if (!held || event.pointerId !== held.id) return;
    const far = Math.hypot(event.clientX - held.x, event.clientY - held.y) > THRESHOLD;
    held.at = [event.clientX, event.clientY];
    if (!held.ghost) {
      if (!far) return;
      if (held.touch) return drop(false); // the finger scrolls
      lift();
    }
    event.preventDefault();
    place();
  });
  board.addEventListener("pointerup", () => drop(true));
  board.addEventListener("pointercancel", () => drop(false));
  board.addEventListener("touchmove", (event) => held?.ghost && event.preventDefault(), { passive: false });
  board.addEventListener("contextmenu", (event) => held?.ghost && event.preventDefault());
  const escape = (event) => event.key === "Escape" && drop(false);
  board.addEventListener("click", (event) => {
    if (board.dataset.dragged) {
      event.preventDefault();
      event.stopPropagation();
      delete board.dataset.dragged;
    }
  }, true);

  function lift() {
    const { card } = held;
    const box = card.getBoundingClientRect();
    held.ghost = card.cloneNode(true);
    held.ghost.removeAttribute("data-card");
    for (const part of held.ghost.querySelectorAll("[id]")) part.removeAttribute("id");
    held.ghost.classList.add("dragging");
    held.ghost.style.width = `${box.width}px`;
    document.body.append(held.ghost);
    document.addEventListener("keydown", escape);
    document.documentElement.classList.add("dragging-card");
    card.classList.add("waiting");
    try { board.setPointerCapture(held.id); } catch { /* the pointer is gone already */ }
    held.at ??= [held.x, held.y];
    place();
  }

  function place() {
    const [x, y] = held.at;
    held.ghost.style.left = `${x - held.dx}px`;
    held.ghost.style.top = `${y - held.dy}px`;
    const under = document.elementFromPoint(x, y)?.closest("[data-lane]");
    for (const lane of lanes()) lane.classList.toggle("over", lane === under && !lane.contains(held.card));
    held.lane = under;
    const edge = board.getBoundingClientRect();
    if (x > edge.right - 48) board.scrollLeft += 16;
    if (x < edge.left + 48) board.scrollLeft -= 16;
  }

  function drop(wanted) {
    if (!held) return;
    clearTimeout(held.timer);
    const { card, ghost, lane } = held;
    held = null;
    if (!ghost) return;
    ghost.remove();
    document.removeEventListener("keydown", escape);
    card.classList.remove("waiting");
    document.documentElement.classList.remove("dragging-card");
    for (const other of lanes()) other.classList.remove("over");
    board.dataset.dragged = "1";
    setTimeout(() => delete board.dataset.dragged);
    if (wanted && lane && !lane.contains(card)) move(card, lane);
  }

  board.addEventListener("keydown", (event) => {
    const card = event.target.closest("[data-card]");
    if (!card || !event.key.startsWith("Arrow") || event.target.closest("details[open]")) return;
    const side = { ArrowLeft: -1, ArrowRight: 1 }[event.key] ?? 0;
    const all = lanes();
    const lane = card.closest("[data-lane]");
    const next = all[all.indexOf(lane) + side];
    event.preventDefault();
    if (event.altKey) {
      if (side && next && card.querySelector(".board-card-menu")) move(card, next);
      return;
    }
    const cards = [...lane.querySelectorAll("[data-card]")];
    const row = cards.indexOf(card);
    const target = side
      ? nearest(all, all.indexOf(lane), side, row)
      : cards[row + (event.key === "ArrowDown" ? 1 : -1)];
    target?.querySelector(".board-card-title").focus();
  });

  // The "move to" menu goes the same way as dragging.
  board.addEventListener("submit", (event) => {
    const card = event.target.closest("[data-card]");
    const lane = lanes().find((one) => one.dataset.lane === event.submitter?.value);
    if (!card || !lane) return;
    event.preventDefault();
    event.target.closest("details").open = false;
    move(card, lane);
  });

  async function move(card, lane) {
    const from = card.parentElement;
    const behind = card.nextElementSibling;
    lane.querySelector(".lane-cards").prepend(card);
    card.classList.add("waiting");
    card.querySelector(".board-card-title").focus({ preventScroll: true });
    const body = new FormData();
    body.set(board.dataset.field, lane.dataset.lane);
    body.set("version", card.dataset.version);
    body.set("_company", board.dataset.company);
    let answer;
    let said = {};
    try {
      answer = await fetch(card.dataset.move, {
        method: "POST",
        body,
        headers: { Accept: "application/json", "X-CSRFToken": JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"] },
      });
      said = await answer.json();
    } catch {
      said = { message: answer ? board.dataset.refused : board.dataset.offline };
    }
    card.classList.remove("waiting");
    if (answer?.ok) {
      say(board.dataset.moved.replace("{lane}", lane.querySelector("[data-lane-label]").textContent));
      refresh(card.dataset.card);
      return;
    }
    from.insertBefore(card, behind);
    card.querySelector(".board-card-title").focus({ preventScroll: true });
    say([board.dataset.refused, said.message].join(" "), said.open && { href: said.open, text: board.dataset.fill });
    if (answer?.status === 409) refresh(card.dataset.card);
  }

  // Sums, counts and versions are the server's: draw the board anew where it was.
  async function refresh(cardId) {
    const [left, tops] = [board.scrollLeft, lanes().map((lane) => lane.querySelector(".lane-cards").scrollTop)];
    await htmx.ajax("GET", location.href, { target: "#results", select: "#results", swap: "outerHTML" });
    const fresh = document.querySelector("[data-board]");
    if (!fresh) return;
    fresh.scrollLeft = left;
    fresh.querySelectorAll(".lane-cards").forEach((cards, i) => (cards.scrollTop = tops[i] ?? 0));
    document.getElementById(`card-${cardId}`)?.focus({ preventScroll: true });
  }
}

function nearest(lanes, at, side, row) {
  for (let i = at + side; lanes[i]; i += side) {
    const cards = lanes[i].querySelectorAll("[data-card]");
    if (cards.length) return cards[Math.min(row, cards.length - 1)];
  }
}
