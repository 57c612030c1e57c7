// Single keys, while nothing is being typed. The list of them is the dialog "keys".

const TYPED_IN = "input, textarea, select, [contenteditable]";

/** Whether a dialog waits for an answer. */
export function dialogOpen() {
  return document.querySelector("dialog[open]") !== null;
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.defaultPrevented || dialogOpen() || event.target.closest(TYPED_IN)) return;
  if (event.key === "/") focusSearch(event);
  else if (event.key === "?") document.getElementById("keys")?.showModal();
  else if (/^[a-z]$/.test(event.key)) document.querySelector(`[data-key="${event.key}"]`)?.click();
});

function focusSearch(event) {
  const box = document.getElementById("q") ?? document.querySelector("[data-palette]");
  if (!box) return;
  event.preventDefault();
  if (box.matches("input")) {
    box.focus();
    box.select();
  } else box.click();
}

// From row to row by their links: Enter opens one, an arrow to the side leads into its cells.
// Taken before the cells see it, for they would take the focus from the link.
document.addEventListener(
  "keydown",
  (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || event.ctrlKey || event.metaKey || event.altKey || dialogOpen()) return;
    const links = [...document.querySelectorAll("table.records tbody tr")]
      .map((row) => row.querySelector("td:not(.tick) a[href]"))
      .filter((link) => link?.checkVisibility());
    const at = links.indexOf(document.activeElement);
    if (!links.length || (at < 0 && !document.activeElement.matches("body, main"))) return;
    event.preventDefault();
    event.stopPropagation();
    (at < 0 ? links.at(step > 0 ? 0 : -1) : links[at + step])?.focus();
  },
  true,
);

// "Ctrl" is another key on Apple's keyboards.
if (/Mac|iPhone|iPad/.test(navigator.platform))
  for (const key of document.querySelectorAll("[data-command-key]")) key.textContent = "⌘";
