// Records on the days of a calendar: dragged by mouse, touch or pen, moved by Alt and the arrow
// keys; the days are walked through by arrow keys.

import { drag, send } from "./drag.js";
import { say } from "./app.js";

document.addEventListener("pointerdown", (event) => {
  const mark = event.target.closest("[data-calendar][data-moves] [data-mark]");
  if (mark) drag(event, mark, { target: ".cal-day", done: (day) => move(mark, day) });
});

document.addEventListener("keydown", (event) => {
  const day = event.target.closest?.(".cal-day");
  const table = event.target.closest?.(".cal-frame")?.querySelector("[data-calendar]");
  if (!table || event.ctrlKey || event.metaKey) return;
  const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 }[event.key];
  if (!day) {
    if (step === 7) {
      event.preventDefault();
      focusDay(table.querySelector(".today") ?? table.querySelector(".cal-day:not(.off)"));
    }
    return;
  }
  const days = [...table.querySelectorAll(".cal-day")];
  const mark = event.target.closest("[data-mark]");
  if (event.key === "Enter" && event.target === day) {
    day.querySelector(".cal-new")?.click();
  } else if (step) {
    event.preventDefault();
    const next = days[days.indexOf(day) + step];
    if (!next) return;
    if (event.altKey && mark && table.hasAttribute("data-moves")) move(mark, next);
    else focusDay(next);
  }
});

function focusDay(day) {
  if (!day) return;
  day.tabIndex = -1;
  day.focus();
}

// The days stand one below the other on a phone: it begins with today.
function begin() {
  if (matchMedia("(max-width: 600px)").matches) document.querySelector("[data-calendar] .today")?.scrollIntoView();
}
begin();

async function move(mark, day) {
  const table = mark.closest("[data-calendar]");
  const from = mark.parentElement;
  const behind = mark.nextElementSibling;
  if (!day.querySelector("ul")) day.append(document.createElement("ul"));
  day.querySelector("ul").prepend(mark);
  mark.classList.add("waiting");
  const said = await send(`${table.dataset.path}/${mark.dataset.mark}/day`, { day: day.dataset.day, version: mark.dataset.version }, table);
  mark.classList.remove("waiting");
  const id = mark.dataset.mark;
  if (said.ok) {
    mark.dataset.version = said.version;
    say(table.dataset.moved.replace("{day}", day.dataset.label));
  } else {
    from.insertBefore(mark, behind);
    say([table.dataset.refused, said.message].join(" "), said.open && { href: said.open, text: table.dataset.fill });
    if (said.status !== 409) return mark.querySelector("a").focus();
  }
  await htmx.ajax("GET", location.href, { source: document.getElementById("results") });
  document.getElementById(`mark-${id}`)?.focus({ preventScroll: true });
}
