// Photos of a visit: kept on the device where there is no connection, and sent later, each once.

const STORE = "photos";
const page = document.querySelector("[data-visit]");
const form = page.querySelector("[data-photos]");
const words = page.dataset;
const said = page.querySelector("[data-photos-said]");
let sending = false;

function say(text, tone = "info") {
  const line = document.createElement("p");
  line.className = `alert alert-${tone}`;
  line.textContent = text;
  said.replaceChildren(...(text ? [line] : []));
}

function opened() {
  return new Promise((done, fail) => {
    const asked = indexedDB.open("xiaoguan", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(STORE, { keyPath: "number", autoIncrement: true });
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => fail(asked.error);
  });
}

/** Do one thing with the store, and wait until it is on the disk. */
async function inside(mode, act) {
  const base = await opened();
  try {
    return await new Promise((done, fail) => {
      const work = base.transaction(STORE, mode);
      const asked = act(work.objectStore(STORE));
      work.oncomplete = () => done(asked.result);
      work.onerror = work.onabort = () => fail(work.error);
    });
  } finally {
    base.close();
  }
}

/** What waits of this person in this company, the oldest first. */
async function waiting() {
  const all = await inside("readonly", (store) => store.getAll());
  return all.filter(({ company, person }) => company === words.company && person === words.person);
}

async function tell() {
  const count = (await waiting()).length;
  if (count) say(words.photosWait.replace("{count}", count), "warning");
}

/** Send one photo: true once the server has it, false where it refuses, null where it is not there. */
async function send({ path, company, name, blob }) {
  const token = JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"];
  const body = new FormData();
  body.set("csrf_token", token);
  body.set("_company", company);
  body.set("file", blob, name);
  try {
    const answer = await fetch(path, { method: "POST", body, headers: { "HX-Request": "true", "X-Queue": "1", "X-CSRFToken": token } });
    if (answer.status >= 500 || answer.redirected || answer.status === 401) return null;
    if (answer.ok) return { ok: true };
    const box = new DOMParser().parseFromString(await answer.text(), "text/html");
    return { ok: false, message: box.body.textContent.trim() || answer.statusText };
  } catch {
    return null;
  }
}

async function empty() {
  if (sending) return;
  sending = true;
  let sent = 0;
  const refused = [];
  try {
    for (const photo of await waiting()) {
      const answer = await send(photo);
      if (!answer) break;
      await inside("readwrite", (store) => store.delete(photo.number));
      if (answer.ok) sent += 1;
      else refused.push(answer.message);
    }
  } finally {
    sending = false;
  }
  if (sent) say(words.photosSent.replace("{count}", sent), "success");
  await tell();
  if (refused.length) say(refused.join(" "), "danger");
}

form?.addEventListener("submit", async (event) => {
  event.preventDefault();
  const input = form.elements.namedItem("file");
  const { company, person } = words;
  const stamp = Date.now().toString(36);
  try {
    for (const [place, file] of [...input.files].entries()) {
      // Cameras name every photo alike; the time tells them apart, and one that is sent twice is known by it.
      const name = `${stamp}-${place + 1}-${file.name}`.slice(-120);
      const photo = { path: form.getAttribute("action"), company, person, name, blob: file };
      await inside("readwrite", (store) => store.add(photo));
    }
  } catch {
    // No room, or a private window: as without a script.
    form.submit();
    return;
  }
  form.reset();
  await empty();
});

addEventListener("online", empty);
empty();
