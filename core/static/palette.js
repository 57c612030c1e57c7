// Search and commands over everything. The server finds and words the lines; this shows them.

import { dialogOpen } from "./keys.js";

const WAIT = 120;

const palette = document.getElementById("palette");
if (palette) start();

function wordsOf(page) {
  const said = new DOMParser().parseFromString(page, "text/html").querySelector("[data-error]");
  return said?.textContent.trim();
}

function start() {
  const input = document.getElementById("palette-q");
  const results = document.getElementById("palette-results");
  let timer, asked;
  let entered = false;

  const lines = () => [...results.querySelectorAll("[role=option]")];
  const current = () => results.querySelector("[aria-selected=true]");

  function open() {
    if (palette.open) return;
    input.value = "";
    palette.showModal();
    document.getElementById("side")?.hidePopover?.();
    askSoon(0);
  }

  async function ask() {
    const mine = (asked = new AbortController());
    const address = new URL(results.dataset.href, location.href);
    const search = input.value.trim();
    if (search) address.searchParams.set("q", search);
    try {
      const answer = await fetch(address, { signal: mine.signal, headers: { "HX-Request": "true" } });
      // Whoever has no session any more is told by the page that asks to log in.
      if (answer.status === 401) return location.reload();
      const text = await answer.text();
      if (mine.signal.aborted) return;
      palette.removeAttribute("aria-busy");
      results.dataset.of = search;
      if (!answer.ok) return void (results.textContent = wordsOf(text) || answer.statusText);
      results.innerHTML = text;
      mark(lines()[0]);
      if (entered) current()?.click();
    } catch (error) {
      if (error.name === "AbortError") return;
      results.textContent = document.body.dataset.offline;
      palette.removeAttribute("aria-busy");
    }
  }

  function mark(line) {
    current()?.setAttribute("aria-selected", "false");
    if (!line) return input.removeAttribute("aria-activedescendant");
    line.setAttribute("aria-selected", "true");
    line.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", line.id);
  }

  function askSoon(wait) {
    entered = false;
    palette.setAttribute("aria-busy", "true");
    asked?.abort();
    clearTimeout(timer);
    timer = setTimeout(ask, wait);
  }

  input.addEventListener("input", () => askSoon(WAIT));

  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const all = lines();
    const at = all.indexOf(current());
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      if (all.length) mark(all[(at + step + all.length) % all.length]);
    } else if (event.key === "Enter" && palette.hasAttribute("aria-busy")) {
      // The lines are of what was typed before: Enter means those that are on their way.
      event.preventDefault();
      entered = true;
    } else if (event.key === "Enter" && current()) {
      event.preventDefault();
      current().click();
    }
  });

  results.addEventListener("pointermove", (event) => {
    const line = event.target.closest("[role=option]");
    if (line && line !== current()) mark(line);
  });

  results.addEventListener("click", (event) => {
    const line = event.target.closest("[role=option]");
    if (!line) return;
    if (line.form) line.form.elements.next.value = location.pathname + location.search;
    if (line.dataset.opensDialog) {
      palette.close();
      document.getElementById(line.dataset.opensDialog).showModal();
    }
  });

  palette.addEventListener("click", (event) => {
    if (event.target === palette) palette.close();
  });

  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-palette]");
    if (!opener || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open();
  });

  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return;
    if (event.key.toLowerCase() !== "k") return;
    event.preventDefault();
    if (palette.open) palette.close();
    else if (!dialogOpen()) open();
  });
}
