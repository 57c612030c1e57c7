// How long is left of a test. The server judges; this only tells, and hands in what is there at
// the end.

const shown = document.querySelector("[data-left]");
const form = document.querySelector("[data-test]");
const said = document.querySelector("[data-left-said]");
// The difference of two readings does not care how wrong the device's clock is.
const end = Date.now() + Number(shown.dataset.left) * 1000;
const LAST = 60;
let told = false;
let sent = false;

function left() {
  return Math.max(0, Math.ceil((end - Date.now()) / 1000));
}

function clock(seconds) {
  const parts = [Math.floor(seconds / 60), seconds % 60];
  return parts.map((part) => String(part).padStart(2, "0")).join(":");
}

function tick() {
  const seconds = left();
  shown.textContent = clock(seconds);
  shown.classList.toggle("is-short", seconds <= LAST);
  if (seconds <= LAST && !told) {
    told = true;
    said.textContent = shown.dataset.last;
  }
  if (seconds > 0) {
    window.setTimeout(tick, 1000 - (Date.now() % 1000));
  } else if (!sent) {
    sent = true;
    form.requestSubmit();
  }
}

form.addEventListener("submit", () => { sent = true; });
// A page that comes back from memory would count from where it was left.
window.addEventListener("pageshow", (event) => { if (event.persisted) { window.location.reload(); } });
tick();
