// A visit on the telephone: the position is sent along with a check-in, and nothing that was
// typed or done is lost where there is no connection.

const QUEUE = "xiaoguan.visits";
const SECONDS = 12;
const page = document.querySelector("[data-visit]");
const words = page.dataset;
const said = page.querySelector("[data-said]");

function say(text, tone = "info") {
  const line = document.createElement("p");
  line.className = `alert alert-${tone}`;
  line.textContent = text;
  said.replaceChildren(line);
}

/** Where the device is: {lat, lon, acc}, or {without} with the reason why it does not say. */
function position() {
  if (!navigator.geolocation) return Promise.resolve({ without: "unsupported" });
  const reasons = { 1: "denied", 2: "unavailable", 3: "timeout" };
  return new Promise((done) => {
    const late = setTimeout(() => done({ without: "timeout" }), (SECONDS + 3) * 1000);
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        clearTimeout(late);
        done({ lat: coords.latitude.toFixed(6), lon: coords.longitude.toFixed(6), acc: Math.round(coords.accuracy) });
      },
      (error) => {
        clearTimeout(late);
        done({ without: reasons[error.code] ?? "unavailable" });
      },
      { enableHighAccuracy: true, timeout: SECONDS * 1000, maximumAge: 30000 },
    );
  });
}

function waiting() {
  try {
    return JSON.parse(localStorage.getItem(QUEUE)) ?? [];
  } catch {
    return [];
  }
}

function keep(list) {
  localStorage.setItem(QUEUE, JSON.stringify(list));
}

function token() {
  return JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"];
}

/** Send one form: what the server said, or null where it cannot be reached. */
async function send({ path, fields }) {
  const body = new URLSearchParams(fields);
  body.set("csrf_token", token());
  try {
    const answer = await fetch(path, { method: "POST", body, headers: { "X-Queue": "1", "X-CSRFToken": token() } });
    if (answer.status >= 500 || answer.redirected) return null;
    const kind = answer.headers.get("Content-Type") ?? "";
    const message = kind.startsWith("application/json") ? (await answer.json()).message : answer.statusText;
    return { ok: answer.ok, message, login: answer.status === 401 };
  } catch {
    return null;
  }
}

/** Send what is kept, in its order; what the server refuses is said and not tried again. */
async function empty() {
  const mine = ({ fields, person }) => fields._company === words.company && person === words.person;
  let sent = 0;
  for (;;) {
    const list = waiting();
    const place = list.findIndex(mine);
    if (place < 0) break;
    const answer = await send(list[place]);
    if (!answer || answer.login) return;
    const [tried] = list.splice(place, 1);
    keep(list);
    if (answer.ok) sent += 1;
    else {
      if (tried.draft) localStorage.setItem(tried.draft, JSON.stringify(tried.fields));
      say(words.refused.replace("{reason}", answer.message), "danger");
      return;
    }
  }
  if (sent) {
    say(words.sent, "success");
    setTimeout(() => location.reload(), 1200);
  }
}

async function submit(form, more = {}) {
  const fields = { ...Object.fromEntries(new FormData(form)), ...more };
  delete fields.csrf_token;
  const draft = form.hasAttribute("data-typed-form") ? draftOf(form) : "";
  const entry = { path: form.getAttribute("action"), fields, draft, person: words.person };
  if (waiting().length) {
    keep([...waiting(), entry]);
    if (draft) localStorage.removeItem(draft);
    say(words.kept, "warning");
    await empty();
    return;
  }
  const answer = await send(entry);
  if (!answer || answer.login) {
    keep([...waiting(), entry]);
    if (draft) localStorage.removeItem(draft);
    say(words.kept, "warning");
  } else if (answer.ok) {
    if (draft) localStorage.removeItem(draft);
    location.reload();
  } else say(answer.message, "danger");
}

for (const form of page.querySelectorAll("[data-check]"))
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = form.querySelector("button");
    button.disabled = true;
    say(words.waiting);
    const at = new Date().toISOString();
    await submit(form, { ...(await position()), at });
    button.disabled = false;
  });

// What is typed is kept while one types, and there again after the page was lost.
function draftOf(form) {
  return `xiaoguan.typed.${words.company}.${words.person}.${form.getAttribute("action")}`;
}

for (const form of page.querySelectorAll("[data-typed-form]")) {
  const held = localStorage.getItem(draftOf(form));
  if (held) {
    for (const [name, value] of Object.entries(JSON.parse(held))) {
      const field = form.elements.namedItem(name);
      if (field && !name.startsWith("_") && name !== "csrf_token") field.value = value;
    }
    say(words.typed);
  }
  form.addEventListener("input", () => {
    const fields = Object.fromEntries(new FormData(form));
    delete fields.csrf_token;
    localStorage.setItem(draftOf(form), JSON.stringify(fields));
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submit(form);
  });
}

addEventListener("online", empty);
empty();
