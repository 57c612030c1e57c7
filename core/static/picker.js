// A text field that proposes records while one types. htmx fetches the proposals.

export function startPickers(root) {
  for (const picker of root.querySelectorAll("[data-picker]:not([data-started])")) start(picker);
}

function start(picker) {
  picker.dataset.started = "";
  const input = picker.querySelector("input:not([type=hidden])");
  const id = picker.querySelector("[name$=__id]");
  const label = picker.querySelector("[name$=__label]");
  const list = picker.querySelector(".picker-options");
  const base = input.getAttribute("hx-get");
  let timer;

  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-expanded", "false");
  input.setAttribute("aria-controls", list.id);

  const options = () => [...list.querySelectorAll("[role=option]:not([aria-disabled])")];
  const current = () => list.querySelector("[aria-selected=true]");

  function ask(text) {
    clearTimeout(timer);
    timer = setTimeout(() => {
      const url = new URL(base, location.href);
      url.searchParams.set("q", text);
      // "narrow.kind=sort": only records whose kind is the one chosen in "sort".
      for (const [name, field] of [...url.searchParams].filter(([name]) => name.startsWith("narrow."))) {
        url.searchParams.delete(name);
        const other = input.form?.elements.namedItem(`${field}__id`) ?? input.form?.elements.namedItem(field);
        if (other?.value) url.searchParams.set(name.slice(7), other.value);
      }
      input.setAttribute("hx-get", url.pathname + url.search);
      htmx.process(input);
      htmx.trigger(input, "lookup");
    }, 150);
  }

  function close() {
    clearTimeout(timer);
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function mark(option) {
    current()?.setAttribute("aria-selected", "false");
    if (!option) return;
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", option.id);
  }

  function pick(option) {
    input.value = option.textContent;
    id.value = option.dataset.id;
    label.value = option.textContent;
    close();
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }

  list.addEventListener("htmx:afterSwap", (event) => {
    event.stopPropagation();
    if (document.activeElement !== input) return;
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    if (input.value.trim()) mark(options()[0]);
  });
  input.addEventListener("htmx:afterSwap", () => list.dispatchEvent(new Event("htmx:afterSwap")));
  input.addEventListener("input", () => ask(input.value));
  input.addEventListener("click", () => list.hidden && ask(input.value === label.value ? "" : input.value));
  input.addEventListener("blur", () => setTimeout(close, 150));
  // The text changes once while typing; only a choice or leaving the field is a change.
  input.addEventListener("change", (event) => {
    if (!list.hidden && event.isTrusted) event.stopPropagation();
  });
  list.addEventListener("pointerdown", (event) => {
    const option = event.target.closest("[role=option]:not([aria-disabled])");
    event.preventDefault();
    if (option) pick(option);
  });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const all = options();
    const at = all.indexOf(current());
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) ask(input.value === label.value ? "" : input.value);
      else if (all.length) mark(all[(at + (event.key === "ArrowDown" ? 1 : -1) + all.length) % all.length]);
    } else if (event.key === "Enter" && !list.hidden && current()) {
      event.preventDefault();
      pick(current());
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      event.stopPropagation();
      close();
    }
  });
}
