// What a request becomes and what is answered in, four tabs that show it out: request, signature, answer, code.

import { box, json, size } from "../shared/code.js";
import { fill, make } from "../shared/dom.js";
import { snippets } from "../shared/snippets.js";
import { tabs } from "../shared/tabs.js";
import { t } from "../shared/texts.js";

const panel = () => make("div", { class: "panel" });
const note = (text, kind = "soft") => make("p", { class: kind }, text);

/** A request as it goes over the wire. */
function onTheWire({ method, url, headers, body }) {
  const { pathname, search } = new URL(url);
  const head = [`${method} ${pathname}${search} HTTP/1.1`, ...headers.map(([name, value]) => `${name}: ${value}`)];
  return `${head.join("\n")}\n\n${body ?? ""}`;
}

function signature(steps, live) {
  if (!steps?.length) return [note(t("noSignature"))];
  return [
    note(t(live ? "signatureLive" : "signatureDemo")),
    make("ol", { class: "steps" }, steps.map(({ title, value, note }) => make("li", {},
      make("h3", {}, title),
      note && make("p", { class: "doc" }, note),
      box(value ?? "", "plain", title)))),
  ];
}

function troubled({ code, message, meaning, delivery, advice }) {
  const line = (name, value) => value && [make("dt", {}, t(name)), make("dd", {}, value)];
  return make("div", { class: "trouble", role: "alert" },
    make("h3", {}, code ?? t("failed")),
    make("p", {}, message),
    make("dl", {}, line("meaning", meaning), line("delivery", delivery), line("advice", advice)));
}

function answered({ status, headers, answer, error, elapsed_ms: elapsed, attempts }) {
  const isText = typeof answer === "string";
  const length = headers?.find(([name]) => name.toLowerCase() === "content-length")?.[1];
  return [
    make("p", { class: "status-line" },
      make("span", { class: `chip ${error || status >= 400 ? "bad" : "good"}` }, status ? `HTTP ${status}` : t("noAnswer")),
      make("span", {}, t("took", elapsed)),
      attempts > 1 && make("span", {}, t("attempts", attempts)),
      length && make("span", { class: "soft" }, size(Number(length)))),
    error && troubled(error),
    answer !== null && answer !== undefined && box(isText ? answer : json(answer), isText ? "plain" : "json", t("body")),
    headers?.length > 0 && make("details", { class: "plain" }, make("summary", {}, t("headers", headers.length)),
      box(headers.map(([name, value]) => `${name}: ${value}`).join("\n"), "plain", t("headers", headers.length))),
  ];
}

/** The tabs. */
export function results() {
  const [request, signed, answer, code] = [panel(), panel(), panel(), panel()];
  const chosen = tabs(t("results"), [
    { name: "request", title: t("request"), panel: request },
    { name: "signature", title: t("signature"), panel: signed },
    { name: "answer", title: t("answer"), panel: answer },
    { name: "code", title: t("code"), panel: code },
  ]);
  fill(answer, note(t("notSent")));
  for (const place of [request, signed, code]) fill(place, note(t("preparing")));
  const element = make("section", { class: "results", "aria-label": t("results") }, chosen.list, request, signed, answer, code);
  return {
    element,
    show: chosen.show,
    /** What would be sent. */
    prepared(prepared, live) {
      const { wire, signature: steps, snippets: of } = prepared;
      fill(request, wire ? box(onTheWire(wire), "plain", wire.url) : note(t("notYet")));
      fill(signed, signature(steps, live));
      fill(code, of ? snippets(of) : note(t("notYet")));
    },
    /** That the server would not prepare it. */
    refused(message, hint) {
      for (const place of [request, signed, code]) fill(place, note(message, "problem"), hint && note(hint));
    },
    sending() {
      fill(answer, note(t("sending")));
      chosen.show("answer");
      // Where everything stands below each other, the answer is far below what was filled in.
      if (matchMedia("(max-width: 70rem)").matches) element.scrollIntoView({ block: "start" });
    },
    answered(sent) {
      fill(answer, answered(sent));
      if (sent.wire) fill(request, box(onTheWire(sent.wire), "plain", sent.wire.url));
    },
    failed(message, hint) {
      fill(answer, make("div", { class: "trouble", role: "alert" }, make("h3", {}, t("failed")), make("p", {}, message), hint && make("p", {}, hint)));
    },
  };
}
