// Calls in, a table out that draws only the rows in sight, so that thousands cost no more than a few.

import { make } from "../shared/dom.js";
import { current, t } from "../shared/texts.js";
import { isError } from "./filter.js";

/** So many rows are drawn above and below those in sight. */
const AROUND = 8;

/** When a call came. */
export const clock = (at) => new Date(at * 1000).toLocaleTimeString(current(), { hour12: false });

/** How a signature was judged, in a word. */
export function verdict({ state }) {
  const kind = { verified: "good", refused: "bad" }[state] ?? "";
  return make("span", { class: `chip ${kind}` }, t(`state_${state}`));
}

/** How often a call differs from the schema, if it does. */
function different(times) {
  return times > 0 && make("span", { class: "chip warn", title: t("deviations", times) }, `±${times}`);
}

/**
 * A table. `open(call)` shows one; `chosen` is the set of the numbers that are ticked, and `changed()` hears of each tick.
 */
export function table({ open, chosen, changed }) {
  let calls = [];
  let shown = null;
  let active = null;
  let height = 0;
  const above = make("tr", { class: "spacer", "aria-hidden": "true" }, make("td"));
  const under = make("tr", { class: "spacer", "aria-hidden": "true" }, make("td"));
  const body = make("tbody", {}, above, under);
  const head = (name, label = t(name)) => make("th", { scope: "col", class: name }, label);
  const grid = make("table", { "aria-label": t("calls") },
    make("thead", {}, make("tr", {}, make("th", { scope: "col", class: "select" }, make("span", { class: "unseen" }, t("select"))),
      ...["time", "action", "region", "status", "signature", "duration"].map((name) => head(name)))), body);
  const element = make("div", { class: "scroll" }, grid);
  const drawn = new Map();

  function row(call) {
    const tick = make("input", {
      type: "checkbox", checked: chosen.has(call.number), "aria-label": t("selectCall", call.number), tabindex: -1, change: () => {
        if (tick.checked) chosen.add(call.number);
        else chosen.delete(call.number);
        changed();
      },
    });
    const name = make("button", { type: "button", class: "open", tabindex: -1, "data-number": call.number }, call.action ?? t("unknownAction"));
    return make("tr", { "data-number": call.number, class: isError(call) ? "error" : null },
      make("td", { class: "select" }, tick),
      make("td", { class: "time" }, clock(call.at)),
      make("th", { scope: "row", class: "action" }, make("div", {}, name, make("span", { class: "soft of" }, call.service ?? ""))),
      make("td", { class: "region" }, call.region ?? ""),
      make("td", { class: "status" }, call.status, call.error_code && make("span", { class: "code" }, ` ${call.error_code}`)),
      make("td", { class: "signature" }, verdict(call.signature), different(call.deviations.length)),
      make("td", { class: "duration" }, (call.elapsed_us / 1000).toFixed(2)));
  }

  function draw() {
    const first = Math.max(Math.min(Math.floor(element.scrollTop / (height || 36)), calls.length) - AROUND, 0);
    const fits = Math.ceil((element.clientHeight || 600) / (height || 36)) + 2 * AROUND;
    const part = calls.slice(first, first + fits);
    const wanted = new Set(part.map((call) => call.number));
    const focused = Number(document.activeElement?.closest?.("tr")?.dataset.number);
    for (const [number, element] of drawn) {
      if (!wanted.has(number)) {
        element.remove();
        drawn.delete(number);
      }
    }
    let before = above;
    for (const call of part) {
      let element = drawn.get(call.number);
      if (!element) drawn.set(call.number, element = row(call));
      if (before.nextElementSibling !== element) before.after(element);
      before = element;
    }
    // Heights are set through the object model: the policy of the page allows no style attributes.
    if (!height && part.length) height = drawn.get(part[0].number).getBoundingClientRect().height;
    above.firstChild.style.height = `${first * height}px`;
    under.firstChild.style.height = `${(calls.length - first - part.length) * height}px`;
    grid.setAttribute("aria-rowcount", calls.length + 1);
    mark();
    if (focused && !drawn.has(focused)) active = null;
  }

  /** Tab reaches one row only; arrows go on from there. */
  function mark() {
    const reached = drawn.has(active) ? active : (calls.find((call) => drawn.has(call.number))?.number ?? null);
    for (const [number, row] of drawn) {
      row.querySelector(".open").tabIndex = number === reached ? 0 : -1;
      row.querySelector("input").tabIndex = number === reached ? 0 : -1;
      row.classList.toggle("shown", number === shown);
      row.querySelector(".open").setAttribute("aria-expanded", number === shown);
      row.querySelector("input").checked = chosen.has(number);
    }
  }

  function go(to) {
    const at = Math.min(Math.max(to, 0), calls.length - 1);
    active = calls[at].number;
    const head = grid.tHead.offsetHeight;
    const top = at * height;
    if (top < element.scrollTop) element.scrollTop = top;
    else if (top + height + head > element.scrollTop + element.clientHeight) element.scrollTop = top + height + head - element.clientHeight;
    draw();
    drawn.get(active)?.querySelector(".open").focus({ preventScroll: true });
    if (shown !== null) open(calls[at]);
  }

  grid.addEventListener("click", (event) => {
    const row = event.target.closest("tbody tr[data-number]");
    if (!row || event.target.closest("input, .select")) return;
    active = Number(row.dataset.number);
    open(calls.find((call) => call.number === active));
  });
  grid.addEventListener("keydown", (event) => {
    const row = event.target.closest("tr[data-number]");
    if (!row) return;
    const at = calls.findIndex((call) => call.number === Number(row.dataset.number));
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + 10, PageUp: at - 10, Home: 0, End: calls.length - 1 }[event.key];
    if (to === undefined || at < 0) return;
    event.preventDefault();
    go(to);
  });
  let waits = 0;
  element.addEventListener("scroll", () => {
    waits ||= requestAnimationFrame(() => {
      waits = 0;
      draw();
    });
  }, { passive: true });
  new ResizeObserver(() => {
    height = 0;
    draw();
  }).observe(element);

  return {
    element,
    /** Shows other calls; what somebody looks at stays where it is. */
    put(now) {
      const anchor = element.scrollTop > 0 && height ? calls[Math.floor(element.scrollTop / height)] : null;
      const from = anchor ? calls.indexOf(anchor) : -1;
      calls = now;
      const to = anchor ? calls.indexOf(anchor) : -1;
      draw();
      if (from >= 0 && to > from) {
        element.scrollTop += (to - from) * height;
        draw();
      }
    },
    show(number) {
      shown = number;
      mark();
    },
    focus(number) {
      drawn.get(number)?.querySelector(".open").focus({ preventScroll: true });
    },
  };
}
