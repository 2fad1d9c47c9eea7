// A request in, the same as JSON to be edited out. What is typed is read at once; until it is JSON again, the last request holds.

import { later, make } from "../shared/dom.js";
import { NotJson, isObject, parse, print } from "../shared/json.js";
import { t } from "../shared/texts.js";

const place = (text, at) => {
  const before = text.slice(0, at).split("\n");
  return [before.length, before.at(-1).length + 1];
};

/** What was expected: a sign, or something that has a name. */
const said = (what) => (what.length === 1 ? t("jsonSign", what) : t(`json_${what}`));

/** An editor. `changed(value)` hears each request that is one; `wrong(is)` whether what stands there is none. */
export function editor(changed, wrong) {
  const area = make("textarea", {
    class: "raw mono", spellcheck: "false", autocomplete: "off", autocapitalize: "off", wrap: "off",
    "aria-label": t("rawJson"), "aria-describedby": "raw-problem", rows: 18,
  });
  const problem = make("div", { class: "problems", id: "raw-problem", role: "status" });
  let bad = false;

  function read() {
    let message = null;
    let at = 0;
    try {
      const value = area.value.trim() ? parse(area.value) : parse("{}");
      if (isObject(value)) changed(value);
      else message = t("notAnObject");
    } catch (error) {
      if (!(error instanceof NotJson)) throw error;
      at = error.at;
      const [line, column] = place(area.value, at);
      message = t("notJson", line, column, said(error.message));
    }
    bad = message !== null;
    area.setAttribute("aria-invalid", bad);
    problem.replaceChildren();
    if (bad) {
      problem.append(make("p", { class: "problem" }, message, make("button", { type: "button", class: "proposal", click: () => {
        area.focus();
        area.setSelectionRange(at, Math.min(at + 1, area.value.length));
      } }, t("goThere"))));
    }
    wrong(bad);
  }

  const soon = later(120, read);
  area.addEventListener("input", soon);
  return {
    element: make("div", { class: "editor" }, area, problem),
    /** Shows a request, unless it is just what somebody is typing. */
    show(value) {
      if (document.activeElement === area) return;
      soon.cancel();
      area.value = print(value, 2);
      if (bad) read();
    },
    /** Reads what has been typed, now. */
    settle() {
      if (document.activeElement === area) {
        soon.cancel();
        read();
      }
    },
    isWrong: () => bad,
  };
}
