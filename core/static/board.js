// Cards that move: by mouse, touch or pen, by Alt and the arrow keys, by a menu.

import { say } from "./app.js";
import { drag, send } from "./drag.js";

export function startBoards(root) {
  for (const board of root.querySelectorAll("[data-board]:not([data-started])")) start(board);
}

function start(board) {
  board.dataset.started = "";
  const lanes = () => [...board.querySelectorAll("[data-lane]")];
  const moves = board.hasAttribute("data-moves");

  board.addEventListener("pointerdown", (event) => {
    const card = event.target.closest("[data-card]");
    if (!card || !moves) return;
    drag(event, card, { target: "[data-lane]", scroll: board, done: (lane) => move(card, lane) });
  });

  board.addEventListener("keydown", (event) => {
    const card = event.target.closest("[data-card]");
    if (!card || !event.key.startsWith("Arrow")) return;
    // Where columns stand in rows of so many, a card also moves up and down.
    const across = event.altKey ? Number(board.dataset.across ?? 0) : 0;
    const side = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -across, ArrowDown: across }[event.key] ?? 0;
    const all = lanes();
    const lane = card.closest("[data-lane]");
    const next = all[all.indexOf(lane) + side];
    event.preventDefault();
    if (event.altKey) {
      if (side && next && moves) move(card, next);
      return;
    }
    const cards = [...lane.querySelectorAll("[data-card]")];
    const row = cards.indexOf(card);
    const target = side
      ? nearest(all, all.indexOf(lane), side, row)
      : cards[row + (event.key === "ArrowDown" ? 1 : -1)];
    target?.querySelector(".board-card-title").focus();
  });

  // The menu of a card: where it may go.
  board.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-move-menu]");
    if (!opener) return;
    event.preventDefault();
    menu(opener);
  });

  function menu(opener) {
    const card = opener.closest("[data-card]");
    const here = card.closest("[data-lane]");
    const list = document.createElement("div");
    list.className = "menu-body move-menu";
    list.popover = "auto";
    list.setAttribute("role", "menu");
    list.setAttribute("aria-label", opener.getAttribute("aria-label"));
    const title = document.createElement("div");
    title.className = "menu-label";
    title.textContent = board.dataset.moveTo;
    list.append(title);
    for (const lane of lanes().filter((each) => each !== here)) {
      const entry = document.createElement("button");
      entry.className = "menu-item";
      entry.setAttribute("role", "menuitem");
      entry.textContent = lane.querySelector("[data-lane-label]").textContent;
      entry.addEventListener("click", () => {
        list.hidePopover();
        move(card, lane);
      });
      list.append(entry);
    }
    list.addEventListener("keydown", (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (!step) return;
      event.preventDefault();
      const entries = [...list.querySelectorAll("button")];
      entries[(entries.indexOf(document.activeElement) + step + entries.length) % entries.length].focus();
    });
    list.addEventListener("toggle", (event) => {
      if (event.newState !== "closed") return;
      const inside = list.contains(document.activeElement);
      list.remove();
      if (inside) opener.focus();
    });
    document.getElementById("results").append(list);
    list.showPopover();
    const box = opener.getBoundingClientRect();
    list.style.left = `${Math.max(8, Math.min(box.right - list.offsetWidth, innerWidth - list.offsetWidth - 8))}px`;
    list.style.top = `${Math.min(box.bottom + 4, innerHeight - list.offsetHeight - 8)}px`;
    list.querySelector("button")?.focus();
  }

  async function move(card, lane) {
    const from = card.parentElement;
    const behind = card.nextElementSibling;
    lane.querySelector(".lane-cards").prepend(card);
    card.classList.add("waiting");
    card.querySelector(".board-card-title").focus({ preventScroll: true });
    const said = await send(card.dataset.move, { ...chosen(lane), version: card.dataset.version }, board);
    card.classList.remove("waiting");
    if (said.ok) {
      card.dataset.version = said.version;
      say(board.dataset.moved.replace("{lane}", lane.querySelector("[data-lane-label]").textContent));
      refresh(card.dataset.card);
      return;
    }
    from.insertBefore(card, behind);
    card.querySelector(".board-card-title").focus({ preventScroll: true });
    say([board.dataset.refused, said.message].join(" "), said.open && { href: said.open, text: board.dataset.fill });
    if (said.status === 409) refresh(card.dataset.card);
  }

  // A record is sent as the picker of a form sends it: by name and number.
  function chosen(lane) {
    const { field } = board.dataset;
    if (!board.hasAttribute("data-by-reference")) return { [field]: lane.dataset.lane };
    const name = lane.querySelector("[data-lane-label]").textContent;
    return { [field]: name, [`${field}__id`]: lane.dataset.lane, [`${field}__label`]: name };
  }

  // Sums, counts and versions are the server's: draw the board anew where it was.
  async function refresh(cardId) {
    const [left, tops] = [board.scrollLeft, lanes().map((lane) => lane.querySelector(".lane-cards").scrollTop)];
    await htmx.ajax("GET", location.href, { source: document.getElementById("results") });
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
