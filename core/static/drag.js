// Dragging by pointer events, which mouse, touch and pen all send, and telling the server.

const THRESHOLD = 6; // pixels before a press becomes a drag
const HOLD = 220; // milliseconds a finger rests before it drags instead of scrolling
const EDGE = 48; // pixels from an edge at which what lies beyond it comes along
const STEP = 16;
const BEAT = 40; // milliseconds between steps while the pointer rests there

/** Follow a press on an element; `target` matches what it may be dropped on, `scroll` is what
    scrolls at its edges, `done(place)` is called when it was dropped somewhere else. */
export function drag(event, element, { target, scroll, done }) {
  if (event.button !== 0 || event.target.closest("details, button, [data-move-menu]")) return;
  const box = element.getBoundingClientRect();
  const held = { x: event.clientX, y: event.clientY, dx: event.clientX - box.left, dy: event.clientY - box.top, touch: event.pointerType === "touch" };
  const stop = new AbortController();
  const on = (name, handle, options = {}) => document.addEventListener(name, handle, { signal: stop.signal, ...options });
  if (held.touch) held.timer = setTimeout(lift, HOLD);

  on("pointermove", (move) => {
    if (move.pointerId !== event.pointerId) return;
    const far = Math.hypot(move.clientX - held.x, move.clientY - held.y) > THRESHOLD;
    held.at = [move.clientX, move.clientY];
    if (!held.ghost) {
      if (!far) return;
      if (held.touch) return drop(false); // the finger scrolls
      lift();
    }
    move.preventDefault();
    place();
  });
  on("pointerup", () => drop(true));
  on("pointercancel", () => drop(false));
  on("keydown", (key) => key.key === "Escape" && drop(false));
  on("touchmove", (move) => held.ghost && move.preventDefault(), { passive: false });
  on("contextmenu", (menu) => held.ghost && menu.preventDefault());

  function lift() {
    held.ghost = element.cloneNode(true);
    for (const name of ["data-card", "data-mark"]) held.ghost.removeAttribute(name);
    for (const part of held.ghost.querySelectorAll("[id]")) part.removeAttribute("id");
    held.ghost.classList.add("dragging");
    held.ghost.style.width = `${box.width}px`;
    document.body.append(held.ghost);
    document.documentElement.classList.add("dragging-card");
    element.classList.add("waiting");
    held.at ??= [held.x, held.y];
    held.beat = setInterval(() => comes() && place(), BEAT);
    place();
  }

  /** Scroll what the place holds, and the page, where the pointer is at an edge. */
  function comes() {
    const [x, y] = held.at;
    const across = scroll && aside(x, scroll.getBoundingClientRect());
    if (across) scroll.scrollLeft += across;
    const down = y > innerHeight - EDGE ? STEP : y < EDGE ? -STEP : 0;
    const page = down && above(element, down);
    if (page) page.scrollTop += down;
    return Boolean(across || page);
  }

  function place() {
    const [x, y] = held.at;
    held.ghost.style.left = `${x - held.dx}px`;
    held.ghost.style.top = `${y - held.dy}px`;
    held.over?.classList.remove("over");
    held.over = document.elementFromPoint(x, y)?.closest(target);
    if (held.over?.contains(element)) held.over = null;
    held.over?.classList.add("over");
  }

  function drop(wanted) {
    clearTimeout(held.timer);
    clearInterval(held.beat);
    stop.abort();
    if (!held.ghost) return;
    held.ghost.remove();
    element.classList.remove("waiting");
    document.documentElement.classList.remove("dragging-card");
    held.over?.classList.remove("over");
    // The press that ends a drag is no click on the link under it.
    const quiet = (click) => { click.preventDefault(); click.stopPropagation(); };
    document.addEventListener("click", quiet, { capture: true, once: true });
    setTimeout(() => document.removeEventListener("click", quiet, { capture: true }));
    if (wanted && held.over) done(held.over);
  }
}

function aside(x, edge) {
  return x > edge.right - EDGE ? STEP : x < edge.left + EDGE ? -STEP : 0;
}

/** The nearest around an element that can still scroll that way. */
function above(element, down) {
  for (let each = element.parentElement; each; each = each.parentElement) {
    const style = getComputedStyle(each).overflowY;
    const rest = down > 0 ? each.scrollHeight - each.clientHeight - each.scrollTop : each.scrollTop;
    if (rest > 1 && (style === "auto" || style === "scroll" || each === document.scrollingElement)) return each;
  }
  return null;
}

/** Post values and return what the server says, with `ok` and `status`; `place` holds the texts
    for when it says nothing. */
export async function send(href, values, place) {
  const body = new FormData();
  for (const [name, value] of Object.entries(values)) body.set(name, value);
  body.set("_company", place.dataset.company);
  let answer;
  try {
    answer = await fetch(href, {
      method: "POST",
      body,
      headers: { Accept: "application/json", "X-CSRFToken": JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"] },
    });
    return { ...(await answer.json()), ok: answer.ok, status: answer.status };
  } catch {
    return { ok: false, message: answer ? "" : place.dataset.offline, status: answer?.status ?? 0 };
  }
}
