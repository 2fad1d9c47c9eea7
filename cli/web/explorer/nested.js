// A struct or a list and its slot in, a group of controls that opens out. What is inside is drawn when it is first opened, so
// that a struct within itself ends.

import { announce, make, prose } from "../shared/dom.js";
import { t } from "../shared/texts.js";
import { item, rows } from "./field.js";
import { below } from "./path.js";
import { empty, fieldsOf, spelled } from "./schema.js";

const isEmpty = (value) => value === undefined || (typeof value === "object" && value !== null && !Object.keys(value).length);

/** The fields of a struct, behind a line that opens them. */
export function struct(form, type, path, slot) {
  const summary = make("summary", {}, make("span", {}, t("fieldsOf", type.name)), make("span", { class: "inside" }));
  const body = make("div", { class: "inner" });
  const element = make("details", { class: "struct" }, summary, body);
  const draw = () => {
    if (!body.children.length) {
      const doc = form.action.structs[type.name]?.doc;
      if (doc && !path.endsWith("]")) body.append(make("p", { class: "doc" }, prose(doc)));
      body.append(...rows(form, fieldsOf(form.action, type), path, slot));
    }
  };
  element.addEventListener("toggle", () => {
    if (element.open === form.opened.has(path)) return;
    if (element.open) {
      form.opened.add(path);
      draw();
      form.retell();
    } else form.opened.delete(path);
  });
  if (form.opened.has(path) || !isEmpty(slot.get())) {
    form.opened.add(path);
    draw();
    element.open = true;
  }
  form.opens(path, () => {
    form.opened.add(path);
    draw();
    element.open = true;
  });
  return element;
}

/** The items of a list, which can be added, removed and moved. */
export function list(form, field, type, path, slot) {
  const items = make("ol", { class: "items" });
  const add = make("button", { type: "button", class: "add", click: () => {
    const now = slot.get();
    slot.set([...(Array.isArray(now) ? now : []), empty(type.item)]);
    form.opened.add(below(path, (slot.get().length ?? 1) - 1));
    draw();
    items.lastElementChild?.querySelector(".item-body :is(input, textarea, select, summary, button)")?.focus();
    announce(t("itemAdded", slot.get().length));
  } }, t("addItem", spelled(type.item)));

  function change(edit, said) {
    const now = [...slot.get()];
    edit(now);
    slot.set(now.length ? now : undefined);
    draw();
    announce(said);
  }

  function move(from, by) {
    change((now) => now.splice(from + by, 0, ...now.splice(from, 1)), t("itemMoved", from + by + 1));
    items.children[from + by]?.querySelector(by < 0 ? ".up" : ".down")?.focus();
  }

  function row(at, length) {
    const inner = below(path, at);
    const own = {
      get: () => slot.get()?.[at],
      set: (value) => {
        const now = slot.get();
        now[at] = value === undefined ? empty(type.item) : value;
        slot.set(now);
      },
      isItem: true,
    };
    const press = (sign, label, name, act, off) =>
      make("button", { type: "button", class: `tool ${name}`, "aria-label": label, title: label, disabled: off, click: act }, sign);
    return make("li", {},
      make("div", { class: "item-head" },
        make("span", { class: "number" }, `${field.name}[${at}]`),
        press("↑", t("moveUp", at + 1), "up", () => move(at, -1), at === 0),
        press("↓", t("moveDown", at + 1), "down", () => move(at, 1), at === length - 1),
        press("×", t("removeItem", at + 1), "remove", () => {
          change((now) => now.splice(at, 1), t("itemRemoved", at + 1));
          add.focus();
        }, false)),
      item(form, field, type.item, inner, own, `${field.name}[${at}]`));
  }

  function draw() {
    const now = slot.get();
    form.forget(path);
    items.replaceChildren(...(Array.isArray(now) ? now.map((_, at) => row(at, now.length)) : []));
    form.retell();
  }
  draw();
  return make("div", { class: "list" }, items, add);
}
