// A field of the schema in, its row of the form out: name, marks, control, explanation, and a place for its problems.

import { fresh, make, prose } from "../shared/dom.js";
import { t } from "../shared/texts.js";
import { control } from "./inputs.js";
import { list, struct } from "./nested.js";
import { below } from "./path.js";
import { ordered, spelled } from "./schema.js";

/** So long an explanation is shown whole. */
const SHORT = 150;

/** Where the first sentence of an explanation ends, or at least a part of it. */
function pause(text) {
  const begin = text.slice(0, SHORT);
  return begin.search(/[.!?](?=\s)/) + 1 || begin.search(/[:;,](?=\s)/) + 1;
}

/** An explanation: its first sentence, and the rest when it is asked for. */
export function explained(text) {
  if (!text) return null;
  const end = text.length > SHORT && pause(text);
  if (!end) return make("p", { class: "doc" }, prose(text));
  const rest = make("span", { hidden: true }, prose(text.slice(end)));
  const more = make("button", { type: "button", class: "more", "aria-expanded": "false", click: () => {
    rest.hidden = !rest.hidden;
    more.setAttribute("aria-expanded", !rest.hidden);
    more.textContent = t(rest.hidden ? "more" : "less");
  } }, t("more"));
  return make("p", { class: "doc" }, prose(text.slice(0, end)), rest, " ", more);
}

function facts(field) {
  const plain = (value) => (typeof value === "string" ? value : JSON.stringify(value));
  const known = [
    field.constraints,
    field.format && `${t("format")} ${t("formatWords", field.format)}`,
    field.unit && `${t("unit")} ${field.unit}`,
    field.default !== null && field.default !== undefined && `${t("default")} ${plain(field.default)}`,
  ].filter(Boolean);
  return known.length > 0 && make("p", { class: "facts" }, known.map((fact) => make("span", {}, fact)));
}

function marks(field) {
  return [
    field.required && make("span", { class: "chip required" }, t("required")),
    field.sensitive && make("span", { class: "chip" }, t("sensitive")),
    field.deprecated && make("span", { class: "chip warn" }, t("deprecated")),
    field.disabled && make("span", { class: "chip warn" }, t("closed")),
  ];
}

/** What a field and its slot become: a control, or a group of them. */
function inner(form, field, type, path, slot, common) {
  if (type.kind === "struct") return struct(form, type, path, slot);
  if (type.kind === "list") return list(form, field, type, path, slot);
  return control(form.action, field, type, slot, common);
}

/** An item of a list, without the words about the field. */
export function item(form, field, type, path, slot, label) {
  const problems = make("div", { class: "problems", id: fresh("problems") });
  const body = inner(form, { ...field, format: null }, type, path, slot, { "aria-label": label, "aria-describedby": problems.id });
  const element = make("div", { class: "item-body", "data-path": path }, body, problems);
  form.know(path, element, problems);
  return element;
}

function row(form, field, path, slot) {
  const id = fresh("field");
  const problems = make("div", { class: "problems", id: fresh("problems") });
  const isGroup = field.type.kind === "struct" || field.type.kind === "list";
  const about = make("div", { class: "about", id: fresh("about") },
    explained(field.doc),
    field.required_if && make("p", { class: "doc needed" }, `${t("neededIf")} `, prose(field.required_if)),
    field.deprecated && make("p", { class: "doc warn" }, `${t("deprecated")}: ${field.deprecated}`),
    facts(field));
  const common = { id, "aria-describedby": `${problems.id} ${about.id}`, "aria-required": field.required || null };
  if (field.type.kind === "boolean") common["aria-label"] = field.name;
  const name = make(isGroup || field.type.kind === "boolean" ? "span" : "label", { class: "field-name", for: isGroup ? null : id }, field.name);
  if (name.tagName === "SPAN") name.removeAttribute("for");
  const element = make("div", { class: `field ${field.type.kind}`, "data-path": path },
    make("div", { class: "field-head" }, name, make("span", { class: "type" }, spelled(field.type)), marks(field)),
    isGroup && about,
    inner(form, field, field.type, path, slot, common),
    problems,
    !isGroup && about);
  form.know(path, element, problems);
  return element;
}

/** The rows of some fields, whose values are members of what `slot` holds. */
export function rows(form, fields, path, slot) {
  const { required, optional, old } = ordered(fields, slot.get());
  const draw = (field) => row(form, field, below(path, field.name), form.member(slot, field.name));
  const out = [...required, ...optional].map(draw);
  if (old.length) {
    const more = make("details", { class: "old-fields" }, make("summary", {}, t("oldFields", old.length)));
    const draws = () => more.open && more.children.length === 1 && more.append(...old.map(draw));
    more.addEventListener("toggle", draws);
    out.push(more);
  }
  return out.length ? out : [make("p", { class: "soft" }, t("noParameters"))];
}
