// Comments that name people, files that are dropped, the bell.

import { headers } from "./record.js";

// -- naming people ------------------------------------------------------------------------

export function startComposers(root) {
  for (const form of root.querySelectorAll("[data-composer]:not([data-started])")) compose(form);
}

function compose(form) {
  form.dataset.started = "";
  const text = form.querySelector("textarea");
  const list = form.querySelector(".picker-options");
  let asked = 0;

  text.setAttribute("aria-autocomplete", "list");
  text.setAttribute("aria-haspopup", "listbox");
  text.setAttribute("aria-controls", list.id);
  const options = () => [...list.querySelectorAll("[role=option]:not([aria-disabled])")];
  const current = () => list.querySelector("[aria-selected=true]");

  /** What stands between an @ and the cursor, if that is how a name would be typed. */
  function typed() {
    const before = text.value.slice(0, text.selectionStart);
    return /(?:^|[^A-Za-z0-9])@([^\s@]{0,30}(?: [^\s@]{0,30})?)$/.exec(before)?.[1];
  }

  async function ask() {
    const name = typed();
    const number = ++asked;
    if (name === undefined) return close();
    const answer = await fetch(`${form.dataset.composer}?q=${encodeURIComponent(name)}`, { headers: headers() }).catch(() => null);
    if (!answer?.ok || number !== asked || typed() === undefined) return;
    list.innerHTML = await answer.text();
    // After a space the name may be finished: then nothing is proposed rather than "nobody".
    if (!options().length && name.includes(" ")) return close();
    list.hidden = false;
    mark(options()[0]);
  }

  function close() {
    list.hidden = true;
    text.removeAttribute("aria-activedescendant");
  }

  function mark(option) {
    current()?.setAttribute("aria-selected", "false");
    if (!option) return;
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    text.setAttribute("aria-activedescendant", option.id);
  }

  function pick(option) {
    const start = text.selectionStart - typed().length;
    text.setRangeText(`${option.dataset.name} `, start, text.selectionStart, "end");
    const person = document.createElement("input");
    person.type = "hidden";
    person.name = "person";
    person.value = option.dataset.id;
    form.append(person);
    close();
    text.focus();
  }

  let timer;
  text.addEventListener("input", () => {
    clearTimeout(timer);
    if (typed() === undefined) close();
    else timer = setTimeout(ask, 120);
  });
  text.addEventListener("blur", () => setTimeout(close, 150));
  list.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    const option = event.target.closest("[role=option]:not([aria-disabled])");
    if (option) pick(option);
  });
  text.addEventListener("keydown", (event) => {
    if (list.hidden || event.isComposing || event.ctrlKey || event.metaKey) return;
    const all = options();
    const at = all.indexOf(current());
    if ((event.key === "ArrowDown" || event.key === "ArrowUp") && all.length) {
      event.preventDefault();
      mark(all[(at + (event.key === "ArrowDown" ? 1 : -1) + all.length) % all.length]);
    } else if ((event.key === "Enter" || event.key === "Tab") && current()) {
      event.preventDefault();
      pick(current());
    } else if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      close();
    }
  });
}

// -- files --------------------------------------------------------------------------------

document.addEventListener("change", (event) => {
  if (event.target.matches(".attach input[type=file]")) send([...event.target.files]);
});

const page = () => document.querySelector("[data-record]");
const takes = (event) => page()?.querySelector(".attach") && [...(event.dataTransfer?.types ?? [])].includes("Files");
let inside = 0;
document.addEventListener("dragenter", (event) => {
  if (takes(event) && ++inside) page().classList.add("dropping");
});
document.addEventListener("dragleave", (event) => {
  if (takes(event) && --inside <= 0) stop();
});
document.addEventListener("dragover", (event) => {
  if (takes(event)) event.preventDefault();
});
document.addEventListener("drop", (event) => {
  if (!takes(event)) return;
  event.preventDefault();
  stop();
  send([...event.dataTransfer.files]);
});

function stop() {
  inside = 0;
  page()?.classList.remove("dropping");
}

/** One request a file, so that each is refused or taken for itself. */
async function send(files) {
  let box = document.getElementById("files");
  const company = box.querySelector("[name=_company]").value;
  const refused = [];
  const tell = (text, bad) => {
    const said = box.querySelector("[data-attach-said]");
    const lines = [...refused.map((line) => [line, true]), ...(text ? [[text, bad]] : [])];
    said.replaceChildren(...lines.map(([line, wrong]) => {
      const made = document.createElement("div");
      made.textContent = line;
      made.className = wrong ? "bad" : "muted";
      return made;
    }));
  };
  let taken = false;
  for (const file of files) {
    tell(box.dataset.busy.replace("{name}", file.name));
    if (file.size > Number(box.dataset.most)) {
      refused.push(box.dataset.tooLarge.replace("{name}", file.name));
      continue;
    }
    const body = new FormData();
    body.set("_company", company);
    body.set("file", file);
    const answer = await fetch(box.dataset.files, { method: "POST", body, headers: headers() }).catch(() => null);
    const parts = new DOMParser().parseFromString(answer ? await answer.text() : "", "text/html");
    const fresh = parts.getElementById("files");
    if (answer?.ok && fresh) {
      taken = true;
      box.replaceWith(document.adoptNode(fresh));
      box = document.getElementById("files");
      htmx.process(box);
    } else {
      const reasons = [...parts.querySelectorAll("[data-error]")].map((line) => line.textContent.trim());
      refused.push(...(reasons.length ? reasons : [answer?.statusText || document.body.dataset.offline]));
    }
  }
  tell("");
  const input = box.querySelector("input[type=file]");
  if (input) input.value = "";
  // What is being written stays: the line of time is drawn anew only when nothing is.
  if (taken && !document.getElementById("comment")?.value.trim()) await drawTimeline();
}

let drawn = 0;
/** Draw the line of time anew; the answer that was asked for last counts. */
async function drawTimeline() {
  const mine = ++drawn;
  const box = () => document.getElementById("activity");
  const answer = await fetch(box().dataset.timeline, { headers: headers() }).catch(() => null);
  if (!answer?.ok || mine !== drawn) return;
  const parts = new DOMParser().parseFromString(await answer.text(), "text/html");
  box().replaceWith(document.adoptNode(parts.getElementById("activity")));
  htmx.process(box());
  startComposers(document);
}

// -- the bell -----------------------------------------------------------------------------

document.addEventListener("toggle", (event) => {
  if (event.target.matches?.("[data-bell]") && event.target.open) htmx.trigger(event.target, "opened");
}, true);
