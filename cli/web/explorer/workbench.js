// An action in, its page out: description, parameters as form and as JSON, where to send them, and what becomes of them.

import { get, isGivenUp, post } from "../shared/api.js";
import { announce, fill, later, make } from "../shared/dom.js";
import { copy, object } from "../shared/json.js";
import { tabs } from "../shared/tabs.js";
import { t } from "../shared/texts.js";
import { heading, reference } from "./about.js";
import { confirmed } from "./confirm.js";
import { editor } from "./editor.js";
import { Form } from "./form.js";
import { results } from "./results.js";
import { target } from "./target.js";

/** What an action needs to be shown. */
export const described = (id, signal) => get(`/api/action?id=${encodeURIComponent(id)}`, signal);

/** The page of an action. `given` is what was filled in before, `{ value, region }`. */
export function workbench(action, state, given = {}) {
  const out = results();
  const problems = make("div", { class: "all-problems", role: "status" });
  let preparing = null;
  let sending = null;
  // Nobody has made a mistake before they have done anything.
  let begun = false;

  const raw = editor((value) => {
    form.replace(value);
    begun = true;
    prepare();
  }, (wrong) => {
    send.disabled = wrong;
  });
  const form = new Form(action, given.value ?? object(), () => {
    raw.show(form.value);
    begun = true;
    prepare();
  });
  raw.show(form.value);
  const where = target(action, state, given.region ?? "", () => prepare());
  const send = make("button", { type: "button", class: "send", click: () => call() }, t("send"), make("kbd", {}, "Ctrl ↵"));

  const asked = () => ({ id: action.id, parameters: form.value, region: where.region() || null, target: where.target() });

  async function ask() {
    preparing?.abort();
    preparing = new AbortController();
    try {
      const prepared = await post("/api/prepare", asked(), preparing.signal);
      tell(begun ? (prepared.problems ?? []) : []);
      out.prepared(prepared, where.target() === "live");
    } catch (error) {
      if (isGivenUp(error)) return;
      out.refused(error.message, error.hint);
    }
  }
  const prepare = later(150, ask);

  function tell(found) {
    form.tell(found);
    // Whether it is open stays as the person wants it.
    const open = problems.firstElementChild?.open ?? found.length < 8;
    fill(problems, found.length > 0 && make("details", { open }, make("summary", {}, t("problems", found.length)),
      make("ul", {}, found.map((problem) => make("li", {},
        make("button", { type: "button", class: "to", click: () => goTo(problem.path) }, problem.path || t("theRequest")),
        ` ${problem.message} `, form.proposal(problem))))));
  }

  function goTo(path) {
    ways.show("form");
    form.show(path);
  }

  async function call() {
    raw.settle();
    if (raw.isWrong() || sending) return;
    if (where.target() === "live" && !action.idempotent
      && !(await confirmed(t("reallyLive", action.name), t("reallyLiveText", action.vendor), t("sendLive")))) return;
    if (!begun) {
      begun = true;
      ask();
    }
    sending = new AbortController();
    send.disabled = true;
    out.sending();
    try {
      const sent = await post("/api/send", asked(), sending.signal);
      out.answered(sent);
      announce(sent.error ? `${t("failed")}: ${sent.error.code ?? ""}` : t("answered", sent.status));
    } catch (error) {
      if (!isGivenUp(error)) out.failed(error.message, error.hint);
    } finally {
      sending = null;
      send.disabled = raw.isWrong();
    }
  }

  function load(value) {
    begun = Object.keys(value).length > 0;
    form.opened.clear();
    form.replace(copy(value));
    raw.show(form.value);
    prepare();
  }

  const examples = make("select", { "aria-label": t("loadExample"), change: () => {
    const example = action.examples[Number(examples.value)];
    if (examples.value !== "" && example) load(example.request);
    examples.value = "";
    announce(t("exampleLoaded"));
  } }, make("option", { value: "" }, t("loadExample")), action.examples.map(({ title }, at) => make("option", { value: at }, title)));
  const filled = make("div", {}, form.element);
  const written = make("div", {}, raw.element);
  const ways = tabs(t("parameters"), [
    { name: "form", title: t("form"), panel: filled }, { name: "json", title: "JSON", panel: written },
  ]);

  const element = make("article", { class: "workbench" },
    heading(action),
    make("div", { class: "columns" },
      make("section", { class: "parameters", "aria-label": t("parameters") },
        make("div", { class: "tools" }, make("h2", {}, t("parameters")), ways.list,
          action.examples.length > 0 && examples,
          make("button", { type: "button", class: "quiet", click: () => load(object()) }, t("reset"))),
        problems, filled, written),
      make("div", { class: "outcome" }, make("div", { class: "sendbar" }, where.element, send, where.warning), out.element)),
    make("div", { class: "reference" }, reference(action)));
  ask();

  return {
    element,
    call,
    given: () => ({ value: form.value, region: where.region() }),
    /** Nobody looks any more. */
    leave() {
      prepare.cancel();
      preparing?.abort();
      sending?.abort();
    },
  };
}
