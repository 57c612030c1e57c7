// Saving what has changed in the sheet; what was not saved is told, and stays typed.

import { filled, form, inputs, keyOf, label, problems, say, words } from "./cells.js";
import { blame, commit, count, isChanged, look, mark, put, unblame } from "./edits.js";
import { settle } from "./sums.js";

function button(text, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "btn btn-sm ms-2";
  made.textContent = text;
  made.addEventListener("click", act);
  return made;
}

/** Take what the server holds as what was there before. */
function take(input, { name, text }) {
  settle(input, text);
  input.name = name;
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
        take(input, answer);
        unblame(input);
        put([{ input, after: answer.text }]);
        done();
      }),
      button(words.mine, () => {
        const mine = input.value;
        take(input, answer);
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
      take(input, answer);
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
  if (inputs.includes(document.activeElement)) look(document.activeElement);
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
