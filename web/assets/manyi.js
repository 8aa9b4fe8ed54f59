// manyi.js: comfort for pages that do without it: large letters and high contrast switch in
// place and are remembered, a page come back to is fetched anew, a voice reads aloud.
const root = document.documentElement;
const isShared = root.classList.contains("kiosk"); // everyone's tablet remembers nobody
const looks = { large: ["size", "large"], contrast: ["contrast", "high"] };

function remember(look, isOn) {
  if (isShared) return;
  try {
    if (isOn) localStorage.setItem(look, "on");
    else localStorage.removeItem(look);
  } catch {
    // no storage: the address carries it
  }
}

function remembered(look) {
  try {
    return !isShared && localStorage.getItem(look) === "on";
  } catch {
    return false;
  }
}

function withLook(address, [key, value], isOn) {
  const url = new URL(address, location.href);
  if (isOn) url.searchParams.set(key, value);
  else url.searchParams.delete(key);
  return url.pathname + url.search + url.hash;
}

// Also the addresses on the page say it, for what comes after; a tablet's first page is for
// the next person.
function show(look, isOn) {
  root.classList.toggle(look, isOn);
  for (const [selector, attribute] of [["a[href^='/']:not(#home), a[href^='?']", "href"], ["form", "action"]])
    for (const element of document.querySelectorAll(selector))
      element.setAttribute(attribute, withLook(element.getAttribute(attribute), looks[look], isOn));
  history.replaceState(null, "", withLook(location.href, looks[look], isOn));
}

for (const look of Object.keys(looks)) {
  if (root.classList.contains(look)) remember(look, true);
  else if (remembered(look)) show(look, true);
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-look]");
  if (!link) return;
  event.preventDefault();
  const { look } = link.dataset;
  const isOn = !root.classList.contains(look);
  remember(look, isOn);
  show(look, isOn);
});

// Back shows the page as it was left, with an id that is spent.
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});

document.querySelector(".notice")?.focus();

// ---- a typed code: told at once, before the server is asked ----

const letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const timesX = (value) => (value & 16 ? (value << 1) ^ 37 : value << 1); // in GF(32)

// As the server reads it: any case and width, no blanks or dashes, O is 0, I and L are 1. The
// last letter is a check: a whole code sums to 0.
function isCode(typed) {
  const plain = typed.normalize("NFKC").toUpperCase().replace(/[\s\u2010-\u2015\u2212-]/g, "").replace(/O/g, "0").replace(/[IL]/g, "1");
  const values = [...plain].map((letter) => letters.indexOf(letter));
  return values.length === 12 && !values.includes(-1) && values.reduce((sum, value) => timesX(sum) ^ value, 0) === 0;
}

const field = document.getElementById("code");
field?.form.addEventListener("submit", (event) => {
  const isWrong = !isCode(field.value);
  document.getElementById("mistyped").hidden = !isWrong;
  field.toggleAttribute("aria-invalid", isWrong);
  if (!isWrong) return;
  event.preventDefault();
  field.focus();
});

// ---- reading aloud ----

const speech = window.speechSynthesis;
const button = document.getElementById("speak");
const spoken = "h1, .head p, .notice .first, .advice, .number, .question, .problem, .words, .kind p, .kind label";

const voice = () =>
  speech.getVoices().find((one) => one.lang.toLowerCase().startsWith(root.lang.slice(0, 2)));

function stop() {
  speech.cancel();
  button.setAttribute("aria-pressed", "false");
}

function read() {
  const parts = [...document.querySelectorAll(spoken)].filter((part) => part.offsetParent);
  parts.forEach((part, at) => {
    const utterance = new SpeechSynthesisUtterance(part.innerText);
    utterance.voice = voice();
    utterance.lang = root.lang;
    utterance.rate = 0.9;
    if (at === parts.length - 1) utterance.onend = stop;
    utterance.onerror = ({ error }) => {
      button.hidden = error !== "canceled" && error !== "interrupted";
    };
    speech.speak(utterance);
  });
  button.setAttribute("aria-pressed", "true");
}

if (speech && button) {
  const offer = () => {
    button.hidden = !voice();
  };
  offer();
  speech.addEventListener?.("voiceschanged", offer);
  button.addEventListener("click", () => (speech.speaking ? stop() : read()));
  addEventListener("pagehide", () => speech.cancel());
}
