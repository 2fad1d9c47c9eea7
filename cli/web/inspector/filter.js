// What somebody types and ticks in, which calls are meant out.

import { make } from "../shared/dom.js";
import { print } from "../shared/json.js";
import { t } from "../shared/texts.js";

/** What of a call is searched as it stands. */
const NAMED = ["number", "vendor", "service", "version", "action", "host", "region", "status", "error_code", "request_id", "key_id"];

const texts = new WeakMap();

/** Everything of a call that can be searched, in lower case. Made once, when it is first asked for. */
function text(call) {
  let known = texts.get(call);
  if (known === undefined) {
    const { signature: { state, why }, request, deviations } = call;
    known = [...NAMED.map((name) => call[name]), state, why, print(request, 0, 20000), ...deviations].join("\n").toLowerCase();
    texts.set(call, known);
  }
  return known;
}

/** Whether a call did not do what it was made for. */
export const isError = (call) => call.status >= 400 || Boolean(call.error_code);

/** Whether a signature would not have been taken. */
export const isBadlySigned = (call) => call.signature.state === "refused";

/** The filter; `changed()` is called when it lets other calls through. */
export function filter(changed) {
  let words = [];
  const input = make("input", {
    type: "search", placeholder: t("filterCalls"), "aria-label": t("filterCalls"), autocomplete: "off", spellcheck: "false", input: () => {
      words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
      changed();
    },
  });
  const tick = (name) => {
    const box = make("input", { type: "checkbox", name, change: changed });
    return [box, make("label", { class: "tick" }, box, t(name))];
  };
  const [errors, errorsLabel] = tick("onlyErrors");
  const [bad, badLabel] = tick("onlyBad");
  return {
    element: make("div", { class: "sieve" }, input, errorsLabel, badLabel),
    focus: () => input.focus(),
    fits: (call) =>
      (!errors.checked || isError(call)) && (!bad.checked || isBadlySigned(call)) && words.every((word) => text(call).includes(word)),
  };
}
