// The address in, the explorer out: a finder beside the page of the action that the address names.

import { get } from "../shared/api.js";
import { announce, fill, make, one } from "../shared/dom.js";
import { header } from "../shared/header.js";
import { parse } from "../shared/json.js";
import { t, translate } from "../shared/texts.js";
import { finder } from "./finder.js";
import { described, workbench } from "./workbench.js";

let state = null;
let actions = [];
let search = null;
let bench = null;
let action = null;
let asked = 0;

const main = one("#main");

/** The action that the address names; whatever else stands there is no action's. */
function named() {
  const name = location.hash.slice(1);
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/** What the inspector hands over: the parameters of a call that it has shown. */
function handedOver(id) {
  try {
    const given = sessionStorage.getItem("yunqiao-call");
    sessionStorage.removeItem("yunqiao-call");
    const call = given ? parse(given) : null;
    return call?.id === id ? { value: call.parameters, region: call.region } : {};
  } catch {
    return {};
  }
}

function welcome() {
  document.body.classList.remove("has-action");
  fill(main, make("div", { class: "welcome" },
    make("h1", { tabindex: -1 }, t("welcome")),
    make("p", { class: "lede" }, t("welcomeText", actions.length)),
    make("ul", { class: "keys" }, [["/", "keySearch"], ["↑ ↓", "keyMove"], ["Enter", "keyOpen"], ["Ctrl Enter", "keySend"], ["Esc", "keyEscape"]]
      .map(([key, text]) => make("li", {}, make("kbd", {}, key), " ", t(text))))));
}

function trouble(error) {
  fill(main, make("div", { class: "trouble", role: "alert" },
    make("h1", { tabindex: -1 }, t("failed")), make("p", {}, error.message), error.hint && make("p", {}, error.hint)));
}

/** Draws the action that is there, with what is filled in. */
function draw(given) {
  bench?.leave();
  bench = workbench(action, state, given);
  document.body.classList.add("has-action");
  translate(action.name);
  const back = make("button", { type: "button", class: "back quiet", click: () => leave() }, `‹ ${t("actions")}`);
  fill(main, back, bench.element);
}

function leave() {
  location.hash = "";
  search.focus();
}

async function show() {
  const id = named();
  const turn = ++asked;
  search.mark(id || null);
  if (!id) {
    bench?.leave();
    [bench, action] = [null, null];
    translate(t("explorer"));
    return welcome();
  }
  try {
    const found = await described(id);
    if (turn !== asked) return;
    action = found;
    draw(handedOver(id));
    scrollTo(0, 0);
    one("h1", main).focus({ preventScroll: true });
    announce(action.name);
  } catch (error) {
    if (turn !== asked) return;
    bench?.leave();
    [bench, action] = [null, null];
    document.body.classList.add("has-action");
    trouble(error);
  }
}

/** Everything again, in the language that has been chosen. */
function redraw() {
  const typed = search?.text() ?? "";
  translate(action?.name ?? t("explorer"));
  header("explorer", state, redraw);
  search = finder(actions, (id) => {
    if (named() === id) one("h1", main)?.focus();
    else location.hash = id;
  });
  fill(one("#finder"), search.element);
  if (typed) search.type(typed);
  search.mark(named() || null);
  if (action) draw(bench?.given());
  else if (!named()) welcome();
}

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select");
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    bench?.call();
  } else if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey && !one("dialog[open]")) {
    event.preventDefault();
    search?.focus();
  }
});
addEventListener("hashchange", show);

try {
  translate(t("explorer"));
  [state, actions] = await Promise.all([get("/api/state"), get("/api/actions")]);
  redraw();
  await show();
} catch (error) {
  header("explorer", state, () => location.reload());
  trouble(error);
}
