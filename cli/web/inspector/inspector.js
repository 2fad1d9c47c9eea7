// The calls that the local cloud takes in, a page that shows each at once out.

import { get, post } from "../shared/api.js";
import { announce, fill, make, one } from "../shared/dom.js";
import { header } from "../shared/header.js";
import { count, t, translate } from "../shared/texts.js";
import { Calls } from "./calls.js";
import { details } from "./details.js";
import { exported } from "./export.js";
import { filter } from "./filter.js";
import { table } from "./table.js";

const main = one("#main");
const calls = new Calls(arrived);
let state = null;
let view = null;

/** The parts of the page that follow the calls. */
function draw() {
  const chosen = new Set();
  let shown = null;
  const status = make("p", { class: "status soft", role: "status" });
  const note = make("p", { class: "soft note", hidden: true });
  const pause = make("button", { type: "button", class: "pause", click: () => {
    calls.pause(!calls.isPaused);
    update();
  } });
  const clear = make("button", { type: "button", class: "clear", click: async () => {
    await calls.clear();
    chosen.clear();
    close();
    update();
  } }, t("clear"));
  const out = make("button", { type: "button", class: "export", click: () => exported([...chosen].sort((a, b) => a - b)) });
  const sieve = filter(update);
  const side = make("section", { class: "side", "aria-label": t("details"), hidden: true });
  const rows = table({ open, chosen, changed: update });
  const empty = make("div", { class: "empty" });

  function open(call) {
    shown = call.number;
    fill(side, details(call, close, (of) => post("/api/snippet", of)));
    side.hidden = false;
    side.scrollTop = 0;
    main.classList.add("has-details");
    rows.show(call.number);
  }

  function close() {
    if (shown === null) return;
    const number = shown;
    shown = null;
    side.hidden = true;
    main.classList.remove("has-details");
    rows.show(null);
    rows.focus(number);
  }

  function update() {
    const all = calls.all();
    const fits = all.filter(sieve.fits);
    rows.put(fits);
    pause.textContent = calls.isPaused ? t("resume", calls.waiting) : t("pause");
    pause.setAttribute("aria-pressed", calls.isPaused);
    out.textContent = t("exportTest", chosen.size);
    out.disabled = !chosen.size;
    const word = calls.isLost ? "unreachable" : calls.isPaused ? "paused" : "listening";
    status.dataset.word = word;
    fill(status, `${t("shownCalls", count(fits.length), count(all.length))} · `, make("span", { class: "word" }, t(word)));
    const notes = [calls.dropped && t("dropped", count(calls.most)), calls.missed && t("missed", count(calls.missed))].filter(Boolean);
    note.hidden = !notes.length;
    note.textContent = notes.join(" ");
    empty.hidden = fits.length > 0;
    rows.element.hidden = !fits.length;
    if (!fits.length) {
      fill(empty, make("h2", {}, t(all.length ? "noneFits" : "noCalls")), !all.length && make("p", { class: "soft" }, t("noCallsText", state?.url ?? "")));
    }
  }

  fill(main,
    make("h1", { class: "unseen" }, t("inspector")),
    make("div", { class: "bar", role: "toolbar", "aria-label": t("calls") }, sieve.element, pause, clear, out),
    make("div", { class: "under" }, status, note),
    make("div", { class: "split" }, make("section", { class: "rows", "aria-label": t("calls") }, rows.element, empty), side));
  update();
  return { update, close, focus: sieve.focus, isOpen: () => shown !== null };
}

let due = 0;

/** Calls may come by the thousand: the page is drawn once for all that come within a frame. */
function arrived() {
  due ||= requestAnimationFrame(() => {
    due = 0;
    view?.update();
  });
}

function redraw() {
  translate(t("inspector"));
  header("inspector", state, redraw);
  view = draw();
}

document.addEventListener("keydown", (event) => {
  if (one("dialog[open]")) return;
  const typing = event.target.closest("input, textarea, select");
  if (event.key === "Escape" && view?.isOpen() && !typing) {
    event.preventDefault();
    view.close();
  } else if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    view?.focus();
  }
});

redraw();
get("/api/state").then((found) => {
  state = found;
  redraw();
}, (error) => announce(error.message));
calls.listen();
