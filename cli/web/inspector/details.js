// A call in, everything that is known of it out.

import { box, json, size } from "../shared/code.js";
import { snippets } from "../shared/snippets.js";
import { fill, make } from "../shared/dom.js";
import { print } from "../shared/json.js";
import { tabs } from "../shared/tabs.js";
import { t } from "../shared/texts.js";
import { clock, verdict } from "./table.js";

/** Only what the schemas know can be opened in the explorer, which gets the parameters by the browser's own storage. */
function toExplorer(call) {
  return make("a", { href: `/#${call.id}`, click: () => {
    try {
      sessionStorage.setItem("yunqiao-call", print({ id: call.id, parameters: call.request ?? {}, region: call.region ?? "" }));
    } catch {
      // Then it opens empty.
    }
  } }, t("openInExplorer"));
}

function facts(call) {
  const line = (name, ...value) => value.some(Boolean) && [make("dt", {}, t(name)), make("dd", {}, value)];
  return make("dl", { class: "facts-list" },
    line("time", clock(call.at)),
    line("host", call.host),
    line("region", call.region),
    line("key", call.key_id),
    line("requestId", call.request_id),
    line("error", call.error_code),
    line("sizes", t("inAndOut", size(call.request_bytes), size(call.answer_bytes))));
}

const shown = (value, label) => (typeof value === "string" ? box(value, "plain", label) : box(json(value), "json", label));

function requestPanel(call) {
  return [
    facts(call),
    call.deviations.length
      ? make("div", { class: "deviations" },
        make("h3", {}, t("deviations", call.deviations.length)), make("ul", {}, call.deviations.map((text) => make("li", {}, text))))
      : make("p", { class: "soft" }, t("noDeviations")),
    shown(call.request ?? {}, t("parameters")),
    make("p", { class: "soft" }, t("redactedNote")),
  ];
}

function signaturePanel({ signature }) {
  return [make("p", {}, verdict(signature)),
    signature.why && make("div", { class: "trouble" }, make("h3", {}, t("whyRefused")), make("pre", { class: "why" }, signature.why))];
}

function answerPanel(call) {
  if (call.answer === null || call.answer === undefined) return [make("p", { class: "soft" }, t("noBody"))];
  return [shown(call.answer, t("answer"))];
}

/** The details of a call. `close()` puts them away, `code(of)` gets the programs that make the call. */
export function details(call, close, code) {
  const panel = (...children) => make("div", { class: "panel" }, children);
  const written = panel(make("p", { class: "soft" }, t("preparing")));
  let asked = false;
  async function write() {
    asked = true;
    try {
      const of = await code({ id: call.id, parameters: call.request ?? {}, region: call.region ?? null });
      fill(written, snippets(of), make("p", { class: "soft" }, t("redactedNote")));
    } catch (error) {
      fill(written, make("p", { class: "problem" }, error.message));
    }
  }
  const parts = [
    { name: "request", title: t("request"), panel: panel(requestPanel(call)) },
    { name: "signature", title: t("signature"), panel: panel(signaturePanel(call)) },
    { name: "answer", title: t("answer"), panel: panel(answerPanel(call)) },
    ...(call.id ? [{ name: "code", title: t("code"), panel: written }] : []),
  ];
  const chosen = tabs(t("details"), parts, (name) => name === "code" && !asked && write());
  if (call.signature.state === "refused") chosen.show("signature");
  return [
    make("div", { class: "side-head" },
      make("div", {},
        make("p", { class: "kicker soft" }, t("callNumber", call.number), call.vendor && ` · ${call.vendor} · ${call.service} · ${call.version}`),
        make("h2", {}, call.action ?? t("unknownAction"))),
      call.id && toExplorer(call),
      make("button", { type: "button", class: "close", "aria-label": t("close"), click: close }, "×")),
    chosen.list, ...parts.map((part) => part.panel),
  ];
}
