// kiosk.js: a tablet in a hall: one question a screen, and back to the first page when a
// person is done or has gone. Without it the questionnaire is one long page that works.
const idleSeconds = 45; // then: are you still there?
const countdownSeconds = 15;
const thanksSeconds = 10;
const noticeSeconds = 30;
const freshMinutes = 10; // the first page is fetched anew, for tomorrow's programmes

const byId = (id) => document.getElementById(id);
const goHome = () => location.replace(byId("home").href);

// ---- one question a screen ----

function startSteps() {
  const form = byId("form");
  const items = [...form.querySelectorAll(".item")];
  let current;

  // A question that waits for a low rating is asked only after one.
  const isAsked = (item) => {
    const when = item.className.match(/when-\d+/)?.[0];
    return !when || form.querySelector(`.${when.replace("when", "opens")}:checked`) !== null;
  };
  const asked = () => items.filter(isAsked);
  const isAnswered = (item) => item.querySelector(":checked") !== null || item.querySelector("textarea")?.value.trim();
  const unknown = (item) => item.querySelector("input[value=unknown]");

  function addDashes() {
    const numbered = items.filter((item) => item.querySelector(".number"));
    numbered.forEach((item, at) => {
      const dashes = numbered.map((_, other) => {
        const dash = document.createElement("span");
        dash.className = other <= at ? "dash past" : "dash";
        return dash;
      });
      item.querySelector(".number").prepend(...dashes);
    });
  }

  function showButtons() {
    const list = asked();
    const isLast = current === list.at(-1);
    byId("home").hidden = current !== list[0];
    byId("back").hidden = current === list[0];
    byId("unknown").hidden = false;
    byId("unknown").classList.toggle("gone", !unknown(current));
    byId("unknown").setAttribute("aria-pressed", String(unknown(current)?.checked ?? false));
    byId("next").hidden = isLast;
    byId("send").hidden = !isLast;
  }

  function show(item) {
    current?.classList.remove("current");
    current = item;
    current.classList.add("current");
    current.tabIndex = -1;
    current.focus();
    showButtons();
    scrollTo(0, 0);
  }

  const step = (by) => {
    const list = asked();
    return list[list.indexOf(current) + by];
  };

  // Says what is missing at the question itself.
  function complain(item) {
    const { open, openOrUnknown } = byId("next").dataset;
    let problem = item.querySelector(".problem");
    if (!problem) {
      problem = document.createElement("span");
      problem.className = "problem";
      problem.setAttribute("role", "alert");
      item.querySelector("legend, .ask").append(problem);
    }
    problem.textContent = unknown(item) ? openOrUnknown : open;
  }

  const isOpen = (item) => item.hasAttribute("data-required") && !isAnswered(item);

  byId("back").addEventListener("click", () => show(step(-1)));
  byId("next").addEventListener("click", () => (isOpen(current) ? complain(current) : show(step(1))));
  byId("unknown").addEventListener("click", () => {
    unknown(current).checked = true;
    current.querySelector(".problem")?.remove();
    showButtons();
  });
  form.addEventListener("change", () => {
    current.querySelector(".problem")?.remove();
    showButtons();
  });
  form.addEventListener("submit", (event) => {
    const open = asked().find(isOpen);
    if (!open) return;
    event.preventDefault();
    show(open);
    complain(open);
  });

  for (const done of form.querySelectorAll("details")) done.open = true;
  document.documentElement.classList.add("steps");
  addDashes();
  show(items.find((item) => item.classList.contains("wrong")) ?? items[0]);
  return () => asked().filter(isAnswered).length;
}

// ---- are you still there? ----

function watchForIdleness(countAnswered) {
  const parts = [byId("form"), document.querySelector(".notice"), document.querySelector(".advice")];
  let idle, ticking, last;

  function showCountdown(isShown) {
    byId("countdown").hidden = !isShown;
    for (const part of parts) if (part) part.hidden = isShown;
  }

  function tick() {
    const left = Math.ceil((last - Date.now()) / 1000);
    byId("seconds").textContent = Math.max(left, 0);
    byId("ring").setAttribute("stroke-dashoffset", String(1 - Math.max(left, 0) / countdownSeconds));
    if (left <= 0) goHome();
  }

  function ask() {
    const count = countAnswered();
    const { one, many } = byId("kept").dataset;
    byId("kept").textContent = count ? (count === 1 ? one : many).replace("{1}", count) : "";
    last = Date.now() + countdownSeconds * 1000;
    showCountdown(true);
    tick();
    ticking = setInterval(tick, 250);
    byId("go-on").focus();
  }

  function goOn(event) {
    if (event?.target.closest?.("#clear")) return;
    clearTimeout(idle);
    clearInterval(ticking);
    if (!byId("countdown").hidden) {
      event?.preventDefault();
      showCountdown(false);
    }
    idle = setTimeout(ask, idleSeconds * 1000);
  }

  for (const kind of ["click", "keydown", "input", "scroll"]) addEventListener(kind, goOn, true);
  byId("clear").addEventListener("click", goHome);
  goOn();
}

// ---- the symbol for one's own phone ----

const askSeconds = 2; // whether it was used; its time being over is told by the same
const goodMinutes = 10; // what was fetched last may be scanned so long

function watchSymbol() {
  let fetched = performance.now();
  let last = fetched;
  let asking = 0;

  const seconds = (since) => (performance.now() - since) / 1000;

  function showTime() {
    const dashes = [...byId("scan").querySelectorAll(".dash")];
    const left = Math.max(Number(byId("scan").dataset.left) - seconds(fetched), 0);
    const past = Math.round(dashes.length * (1 - left / 60));
    dashes.forEach((dash, at) => dash.classList.toggle("past", at < past));
  }

  // Nothing: it is the one to show. 404: there is nothing to scan any more.
  async function take(answer) {
    if (answer.status === 404) location.reload();
    if (!answer.ok) return;
    const markup = await answer.text();
    last = performance.now();
    if (!markup) return;
    byId("scan").outerHTML = markup;
    byId("scan").classList.add("new");
    fetched = last;
  }

  async function ask() {
    if (asking && seconds(asking) < 10) return; // the answer of one may never come
    asking = performance.now();
    await fetch(byId("ask").href).then(take).catch(() => {});
    asking = 0;
    byId("scan").hidden = seconds(last) > goodMinutes * 60;
    showTime();
  }

  setInterval(ask, askSeconds * 1000);
  addEventListener("visibilitychange", () => document.hidden || ask()); // it was asleep
  showTime();
}

// ---- the other pages ----

const pages = {
  survey: () => watchForIdleness(startSteps()),
  thanks: () => setTimeout(goHome, thanksSeconds * 1000),
  notice: () => setTimeout(goHome, noticeSeconds * 1000),
  // Only while the server answers: else the browser's own error would stay.
  attract: () => {
    if (byId("scan")) watchSymbol();
    setInterval(async () => {
      const answer = await fetch("/healthz").catch(() => null);
      if (answer?.ok) location.reload();
    }, freshMinutes * 60000);
  },
};
pages[document.body.dataset.page]?.();
