// An action's description in, what a person should know of it out: notes, the answer's fields, error codes.

import { fill, link, make, prose } from "../shared/dom.js";
import { t } from "../shared/texts.js";
import { explained } from "./field.js";
import { spelled } from "./schema.js";

function notes(action) {
  const region = { required: t("regionRequired"), optional: t("regionOptional") }[action.region];
  return [
    action.host, region, action.rate_limit && t("limit", action.rate_limit),
    t(action.idempotent ? "idempotent" : "notIdempotent"),
    action.paged && t("paged"), action.streaming && t("streaming"), action.body !== "json" && t("bodyIs", action.body),
  ].filter(Boolean);
}

/** The head of an action's page. */
export function heading(action) {
  return make("div", { class: "heading" },
    make("p", { class: "kicker" }, `${action.vendor} · ${action.service} · ${action.version}`),
    make("h1", { tabindex: -1 }, action.name),
    make("p", { class: "lede" }, action.summary),
    action.deprecated && make("p", { class: "notice warn" }, `${t("deprecated")}: ${action.deprecated}`),
    explained(action.doc),
    action.waiter && make("p", { class: "doc" }, prose(action.waiter)),
    make("ul", { class: "notes", "aria-label": t("notes") }, notes(action).map((note) => make("li", {}, note)),
      action.docs && make("li", {}, link(action.docs, t("vendorDocs")))));
}

/** A value of an enum. */
function value({ value, name, doc }) {
  return make("li", {}, make("b", {}, value), ` ${name} `, make("span", { class: "soft" }, prose(doc ?? "")));
}

/** Fields as a tree; what is inside a struct comes when it is opened. */
function tree(action, fields, above = []) {
  return make("ul", { class: "tree" }, fields.map((field) => {
    let type = field.type;
    while (type.kind === "list") type = type.item;
    const inner = type.kind === "struct" && !above.includes(type.name) ? action.structs[type.name]?.fields : null;
    const values = type.kind === "enum" ? action.enums[type.name]?.values : null;
    const head = [make("b", {}, field.name), " ", make("span", { class: "type" }, spelled(field.type))];
    const doc = explained(field.doc);
    if (!inner && !values) return make("li", {}, head, doc);
    const details = make("details", { class: "plain" }, make("summary", {}, head), doc);
    details.addEventListener("toggle", () => {
      if (inner) details.append(tree(action, inner, [...above, type.name]));
      else details.append(make("ul", { class: "tree" }, values.map(value)));
    }, { once: true });
    return make("li", {}, details);
  }));
}

function codes(errors) {
  const list = make("dl", { class: "codes" });
  const draw = (text) => {
    const fits = errors.filter(({ code, meaning }) => `${code} ${meaning ?? ""}`.toLowerCase().includes(text));
    fill(list, fits.map(({ code, meaning, repeat }) => [
      make("dt", {}, code, repeat && make("span", { class: "chip" }, t("repeatable"))), make("dd", {}, prose(meaning ?? "")),
    ]));
  };
  draw("");
  const search = make("input", {
    type: "search", placeholder: t("filter"), "aria-label": t("filterCodes"), input: () => draw(search.value.trim().toLowerCase()),
  });
  return [errors.length > 12 && search, list];
}

/** A group that is drawn when it is first opened. */
function folded(title, draw) {
  const details = make("details", { class: "card" }, make("summary", {}, make("h2", {}, title)));
  details.addEventListener("toggle", () => details.append(...[draw()].flat().filter(Boolean)), { once: true });
  return details;
}

/** What an action answers, and how it fails. */
export function reference(action) {
  return [
    action.response.length > 0 && folded(t("answerFields", action.response.length), () => tree(action, action.response)),
    action.errors.length > 0 && folded(t("errorCodes", action.errors.length), () => codes(action.errors)),
  ];
}
