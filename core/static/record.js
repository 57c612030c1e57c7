// A record's form: what is touched, saving it by keys, its tabs, dialogs that make others.

import { openDialog, say } from "./app.js";

const form = () => document.querySelector("[data-record-form]");

// -- what is touched ----------------------------------------------------------------------

/** Names of the fields that differ from the form as it was opened. */
function touched(record) {
  const names = new Set();
  for (const input of record.elements) {
    if (!input.name || input.type === "hidden" || input.name.startsWith("_")) continue;
    const same = input.type === "checkbox" ? input.checked === input.defaultChecked
      : input.tagName === "SELECT" ? [...input.options].every((o) => o.selected === o.defaultSelected)
      : input.value === input.defaultValue;
    input.closest(".field")?.classList.toggle("touched", !same);
    if (!same) names.add(input);
  }
  return names;
}

function watch(record) {
  const bar = record.querySelector("[data-save-said]");
  const always = record.hasAttribute("data-dirty");
  let leaving = false;
  const look = () => {
    const found = touched(record);
    record.toggleAttribute("data-dirty", always || found.size > 0);
    const places = new Set([...found].map((input) => input.closest(".field") ?? input));
    const labels = [...places].map((place) => place.querySelector("label, .form-label")?.childNodes[0].textContent.trim());
    if (bar) bar.textContent = found.size ? `${record.dataset.changed} ${labels.filter(Boolean).join(", ")}` : "";
    return found.size > 0;
  };
  // A select without a chosen option shows its first one; that is how it was opened.
  for (const select of record.querySelectorAll("select"))
    if (![...select.options].some((o) => o.defaultSelected) && select.options[0]) select.options[0].defaultSelected = true;
  record.addEventListener("input", look);
  record.addEventListener("change", look);
  record.addEventListener("submit", () => (leaving = true));
  record.addEventListener("reset", () => setTimeout(look));
  record.querySelector("[data-discard]")?.addEventListener("click", (event) => {
    // A form that came back unsaved starts from what is saved: that is another page.
    leaving = always;
    if (always) return;
    event.preventDefault();
    // Hidden inputs of pickers are not reset by the browser.
    record.reset();
    for (const input of record.querySelectorAll("[data-picker] input[type=hidden]")) input.value = input.defaultValue;
    look();
    record.querySelector("input:not([type=hidden]), select, textarea")?.focus();
  });
  addEventListener("beforeunload", (event) => {
    // A comment that was begun is not sent by saving the form.
    const words = document.querySelector("#comment")?.value.trim();
    if ((!leaving && touched(record).size) || words) event.preventDefault();
  });
  record.querySelector("[aria-invalid=true]")?.focus();
}

document.addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.isComposing || event.altKey || event.shiftKey) return;
  if (event.key.toLowerCase() === "s") {
    const dialog = document.querySelector("dialog[open] form");
    const target = dialog ?? form();
    if (!target) return;
    event.preventDefault();
    target.requestSubmit();
  } else if (event.key === "Enter" && event.target.closest?.("[data-composer]")) {
    event.preventDefault();
    event.target.closest("form").requestSubmit();
  }
});

// -- two versions of one field ------------------------------------------------------------

document.addEventListener("change", (event) => {
  const clash = event.target.closest?.("[data-clash]");
  const input = clash && document.getElementById(clash.dataset.clash);
  if (!input) return;
  const { value, id } = event.target.dataset;
  if (input.matches(".field-several"))
    for (const box of input.querySelectorAll("input[type=checkbox]")) box.checked = value.split(";").includes(box.value);
  else if (input.type === "checkbox") input.checked = value === "true";
  else input.value = value;
  const picker = input.closest("[data-picker]");
  if (picker) {
    picker.querySelector("[name$=__id]").value = id;
    picker.querySelector("[name$=__label]").value = id ? value : "";
  }
});

// -- tabs ---------------------------------------------------------------------------------

document.addEventListener("click", (event) => {
  const tab = event.target.closest("[data-open-tab]");
  if (tab && !event.ctrlKey && !event.metaKey) {
    for (const other of tab.parentElement.children) other.removeAttribute("aria-current");
    tab.setAttribute("aria-current", "true");
    tab.closest(".record-main").dataset.tab = tab.dataset.openTab;
    if (!tab.dataset.openTab) {
      event.preventDefault();
      history.replaceState(null, "", tab.href);
    }
  }
  if (event.target.closest("[data-print]")) {
    event.target.closest("details").open = false;
    print();
  }
});

// -- forms in dialogs ---------------------------------------------------------------------

document.addEventListener("submit", async (event) => {
  const quick = event.target.closest("dialog form[data-quick]");
  if (!quick) return;
  event.preventDefault();
  const dialog = quick.closest("dialog");
  const button = event.submitter;
  const body = new FormData(quick, button);
  if (button) button.disabled = true;
  let answer;
  try {
    answer = await fetch(quick.action, { method: "POST", body, headers: headers() });
  } catch {
    say(document.body.dataset.offline);
  }
  if (button) button.disabled = false;
  if (!answer) return;
  const type = answer.headers.get("Content-Type") ?? "";
  if (type.startsWith("application/json")) {
    const said = await answer.json();
    if (answer.ok && button?.name === "_more") {
      say(said.message);
      document.dispatchEvent(new CustomEvent("changed"));
      openDialog(said.open);
      return;
    }
    if (answer.ok) {
      leaveQuietly(said.open);
      return;
    }
    say(said.message, said.open && { href: said.open, text: said.open });
    return;
  }
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const again = page.querySelector("dialog > form");
  if (again) {
    dialog.replaceChildren(document.adoptNode(again));
    htmx.process(dialog);
    document.dispatchEvent(new CustomEvent("drawn", { detail: dialog }));
    dialog.querySelector("[aria-invalid=true]")?.focus();
  } else say(page.querySelector("[data-error]")?.textContent.trim() || answer.statusText);
});

/** What a script sends along, so that the server answers with parts of pages. */
export function headers() {
  return { "HX-Request": "true", "X-CSRFToken": JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"] };
}

function leaveQuietly(href) {
  if (new URL(href, location.href).pathname === location.pathname) location.href = href;
  else location.assign(href);
}

export function startRecord() {
  const record = form();
  if (record) watch(record);
  // A new record begins at its first field, or at the first that is wrong; on a phone the
  // keyboard on the screen would hide the form.
  if (record?.hasAttribute("data-new") && matchMedia("(hover: hover)").matches)
    (record.querySelector(".is-invalid") ?? record.querySelector(".field input:not([type=hidden], [type=checkbox]), .field select, .field textarea"))?.focus();
  const page = document.querySelector("[data-unread]");
  if (page) {
    const body = new FormData();
    fetch(page.dataset.unread, { method: "POST", body, headers: headers() }).catch(() => {});
  }
}
