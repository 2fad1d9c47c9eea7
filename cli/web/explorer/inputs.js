// A type and the slot of its value in, the control that a person fills it in with out.
// A slot has `get()`, whose `undefined` is "not set", and `set(value)`.

import { fill, fresh, make, prose } from "../shared/dom.js";
import { Digits, isNumber, number, parse, print } from "../shared/json.js";
import { count, current, t } from "../shared/texts.js";

/** So large a file becomes a request of the 8 MiB that the server takes. */
const LARGEST = 5 * 1024 * 1024;

const INTEGER = /^-?(?:0|[1-9][0-9]*)$/;

const spelledOut = (value) => {
  if (value === undefined) return "";
  return typeof value === "string" || value instanceof Digits ? String(value) : print(value);
};

function area(attributes, slot, read = (text) => text) {
  const value = slot.get();
  const element = make("textarea", {
    rows: 1, spellcheck: "false", autocomplete: "off", autocapitalize: "off", ...attributes, value: spelledOut(value),
    placeholder: value === "" ? t("emptyText") : attributes.placeholder,
    input: () => slot.set(element.value === "" ? undefined : read(element.value)),
  });
  return element;
}

function text(field, slot, common) {
  const language = field.format === "json" ? "mono" : null;
  const element = area({ ...common, class: [language, field.sensitive && "masked"].filter(Boolean).join(" ") || null }, slot);
  if (!field.sensitive) return element;
  const show = make("button", { type: "button", class: "quiet", "aria-pressed": "false", click: () => {
    const hidden = element.classList.toggle("masked");
    show.textContent = t(hidden ? "show" : "hide");
    show.setAttribute("aria-pressed", !hidden);
  } }, t("show"));
  return make("div", { class: "with" }, element, show);
}

/** Formats that are moments, and how many milliseconds each of their units has. */
const MOMENTS = { "unix-seconds": 1000, "unix-milliseconds": 1 };

/** What a number that is a moment means. */
function moment(field, value) {
  const milliseconds = Number(value) * MOMENTS[field.format];
  // Of what lies beyond that JavaScript knows no date.
  if (value === undefined || !(Math.abs(milliseconds) <= 8.64e15)) return "";
  return new Date(milliseconds).toLocaleString(current(), { dateStyle: "medium", timeStyle: "long" });
}

function digits(field, type, slot, common) {
  const fits = type.kind === "integer" ? (text) => INTEGER.test(text) : isNumber;
  const meaning = make("span", { class: "soft meaning" }, moment(field, slot.get()));
  const element = make("input", {
    type: "text", inputmode: type.kind === "integer" ? "numeric" : "decimal", autocomplete: "off", ...common, value: spelledOut(slot.get()),
    input: () => {
      const text = element.value.trim();
      element.classList.toggle("wrong", text !== "" && !fits(text));
      // What is no number goes as it is: the server says what is wrong with it.
      slot.set(text === "" ? undefined : fits(text) ? number(text) : text);
      meaning.textContent = moment(field, slot.get());
    },
  });
  const now = MOMENTS[field.format] && make("button", { type: "button", class: "quiet", click: () => {
    element.value = Math.floor(Date.now() / MOMENTS[field.format]);
    element.dispatchEvent(new Event("input"));
  } }, t("now"));
  return make("div", { class: "with" }, element, now, meaning);
}

function choice(slot, common) {
  const name = fresh("choice");
  const value = slot.get();
  const option = (title, of) => make("label", {},
    make("input", { type: "radio", name, checked: value === of, change: () => slot.set(of) }), make("span", {}, title));
  return make("div", { role: "radiogroup", class: "choice", ...common },
    option(t("unset"), undefined), option("true", true), option("false", false));
}

function several(action, type, slot, common) {
  const values = action.enums[type.name]?.values ?? [];
  const known = (value) => values.findIndex((one) => String(one.value) === String(value));
  const value = slot.get();
  const at = value === undefined ? "" : known(value);
  const isInteger = values.some((one) => typeof one.value === "number");
  const free = make("input", {
    type: "text", autocomplete: "off", hidden: at !== -1, value: at === -1 ? spelledOut(value) : "", "aria-label": t("otherValue"),
    input: () => {
      const text = free.value.trim();
      slot.set(text === "" ? undefined : isInteger && INTEGER.test(text) ? number(text) : text);
    },
  });
  const doc = make("span", { class: "soft meaning" });
  const tell = () => {
    fill(doc, prose(values[select.value]?.doc ?? ""));
  };
  const select = make("select", { ...common, change: () => {
    free.hidden = select.value !== "-1";
    if (!free.hidden) free.focus();
    slot.set(values[select.value]?.value);
    tell();
  } },
  make("option", { value: "" }, t("unset")),
  values.map((one, place) => make("option", { value: place, selected: place === at },
    String(one.value) === one.name ? one.name : `${one.value} – ${one.name}`)),
  make("option", { value: "-1", selected: at === -1 }, t("otherValue")));
  tell();
  return make("div", { class: "with" }, select, free, doc);
}

function file(slot, common) {
  const said = make("span", { class: "soft meaning", role: "status" });
  const tell = () => {
    const value = slot.get();
    said.textContent = typeof value === "string" && value ? t("bytes", count(Math.floor((value.replace(/=+$/, "").length * 3) / 4))) : "";
  };
  const written = area({ "aria-label": "Base64", class: "mono", placeholder: "Base64" }, { get: slot.get, set: (value) => {
    slot.set(value);
    tell();
  } });
  const chosen = make("input", { type: "file", ...common, change: () => {
    const [one] = chosen.files;
    if (!one) return;
    if (one.size > LARGEST) {
      said.textContent = t("tooLarge", "5 MiB");
      chosen.value = "";
      return;
    }
    const reader = new FileReader();
    reader.addEventListener("load", () => {
      // A file without bytes has no comma's other side.
      written.value = String(reader.result).split(",")[1] ?? "";
      slot.set(written.value);
      tell();
    });
    reader.addEventListener("error", () => {
      said.textContent = t("unreadable");
    });
    reader.readAsDataURL(one);
  } });
  tell();
  return make("div", { class: "file" }, chosen, written, said);
}

function anything(slot, common) {
  const shown = slot.get();
  const element = area({ ...common, class: "mono" }, {
    get: () => (shown === undefined ? undefined : print(shown, 2)), set: slot.set,
  }, (text) => {
    try {
      element.classList.remove("wrong");
      return parse(text);
    } catch {
      element.classList.add("wrong");
      return text;
    }
  });
  return element;
}

/** The control of a type that has no fields or items. `common` are attributes of what gets the focus. */
export function control(action, field, type, slot, common) {
  switch (type.kind) {
    case "integer": case "number": return digits(field, type, slot, common);
    case "boolean": return choice(slot, common);
    case "enum": return several(action, type, slot, common);
    case "bytes": return file(slot, common);
    case "json": return anything(slot, common);
    default: return text(field, slot, common);
  }
}
