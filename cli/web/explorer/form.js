// An action in, a form for its parameters out. One value holds what is filled in: the form writes to it, and is drawn anew from
// it when somebody else has changed it.

import { fill, make } from "../shared/dom.js";
import { isObject, object } from "../shared/json.js";
import { t } from "../shared/texts.js";
import { rows } from "./field.js";
import { above, put, rename } from "./path.js";
import { described } from "./schema.js";

/** What of a row says that it is wrong. */
const ENTRY = ":scope > :is(textarea, input, select), :scope > .with > :is(textarea, input, select)";

/** A form. `changed()` is called after each change that a person makes in it. */
export class Form {
  #element = make("div", { class: "fields" });
  #known = new Map();
  #openers = new Map();
  #problems = [];
  #changed;

  /** Places whose insides are shown. */
  opened = new Set();

  constructor(action, value, changed) {
    this.action = action;
    this.value = value;
    this.#changed = changed;
    this.draw();
  }

  get element() {
    return this.#element;
  }

  /** Draws the form from its value. */
  draw() {
    this.#known.clear();
    this.#openers.clear();
    const root = { get: () => this.value, set: (value) => {
      this.value = value;
      this.#changed();
    }, isItem: true };
    fill(this.#element, rows(this, this.action.request, "", root));
    this.retell();
  }

  /** Fills in another value. */
  replace(value) {
    this.value = value;
    this.draw();
  }

  /** The slot of a member of what another slot holds. A struct in which nothing is set any more goes, too. */
  member(slot, name) {
    return {
      get: () => {
        const holder = slot.get();
        return isObject(holder) && Object.hasOwn(holder, name) ? holder[name] : undefined;
      },
      set: (value) => {
        const now = slot.get();
        const holder = isObject(now) ? now : object();
        if (value === undefined) delete holder[name];
        else holder[name] = value;
        slot.set(Object.keys(holder).length || slot.isItem ? holder : undefined);
      },
    };
  }

  /** A row tells where it is, and where its problems go. */
  know(path, element, problems) {
    this.#known.set(path, { element, problems });
  }

  /** A group tells how it is opened. */
  opens(path, open) {
    this.#openers.set(path, open);
  }

  /** Forgets what is below a place, since it is drawn anew. */
  forget(path) {
    for (const map of [this.#known, this.#openers]) {
      for (const key of map.keys()) if (key.startsWith(`${path}[`)) map.delete(key);
    }
  }

  /** Shows what the server has found. */
  tell(problems) {
    this.#problems = problems;
    this.retell();
  }

  /** Shows it again after something has been drawn. */
  retell() {
    for (const { element, problems } of this.#known.values()) {
      problems.replaceChildren();
      element.classList.remove("has-problem");
      element.querySelector(ENTRY)?.removeAttribute("aria-invalid");
    }
    for (const problem of this.#problems) {
      let path = problem.path;
      while (path && !this.#known.has(path)) path = above(path);
      const place = this.#known.get(path);
      if (!place) continue;
      const inside = path === problem.path ? "" : `${problem.path}: `;
      place.element.classList.add("has-problem");
      place.problems.append(make("p", { class: "problem" }, inside, problem.message, this.proposal(problem)));
      place.element.querySelector(ENTRY)?.setAttribute("aria-invalid", "true");
    }
  }

  /** A button that does what the server proposes. */
  proposal(problem) {
    if (!problem.suggestion) return null;
    return make("button", { type: "button", class: "proposal", click: () => this.#accept(problem) }, t("take", problem.suggestion));
  }

  #accept({ path, suggestion }) {
    const known = described(this.action, path);
    if (!known) rename(this.value, path, suggestion);
    else {
      const values = this.action.enums[known.type.name]?.values ?? [];
      const value = values.find((one) => String(one.value) === suggestion)?.value;
      put(this.value, path, value ?? suggestion);
    }
    this.draw();
    this.#changed();
    this.show(known ? path : `${above(path) ? `${above(path)}.` : ""}${suggestion}`);
  }

  /** Opens what a place is in, and goes there. */
  show(path) {
    const way = [];
    for (let at = path; at; at = above(at)) way.unshift(at);
    for (const step of way) this.#openers.get(step)?.();
    const found = way.reverse().find((step) => this.#known.has(step));
    const element = this.#known.get(found)?.element;
    if (!element) return;
    for (let box = element.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
    this.retell();
    element.scrollIntoView({ block: "center" });
    element.querySelector("textarea, input, select, summary, button:not(.more)")?.focus({ preventScroll: true });
  }
}
