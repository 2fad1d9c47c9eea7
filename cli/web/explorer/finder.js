// Actions in, a field to search them and the list of what it finds out, for pointer and keyboard.

import { announce, fill, make } from "../shared/dom.js";
import { count, t } from "../shared/texts.js";
import { find, index, marks } from "./search.js";

/** So many are drawn at once; the next come when there is room for them. */
const PAGE = 16;

function marked(name, text) {
  const out = [];
  let from = 0;
  for (const [begin, end] of marks(name, text)) {
    out.push(name.slice(from, begin), make("mark", {}, name.slice(begin, end)));
    from = end;
  }
  return [...out, name.slice(from)];
}

/** A finder. `choose(id)` is called with the action that is wanted. */
export function finder(actions, choose) {
  const entries = index(actions);
  let found = [];
  let text = "";
  let drawn = 0;
  let active = -1;
  let chosen = null;

  const input = make("input", {
    type: "search", id: "q", role: "combobox", "aria-expanded": "true", "aria-controls": "found", "aria-autocomplete": "list",
    autocomplete: "off", autocapitalize: "off", spellcheck: "false", placeholder: t("searchActions", actions.length),
    "aria-label": t("searchActions", actions.length), input: () => look(),
  });
  const said = make("p", { class: "soft found-count" });
  const list = make("ul", { id: "found", role: "listbox", "aria-label": t("actions"), tabindex: -1 });
  const element = make("div", { class: "finder" }, make("div", { class: "search" }, input, make("kbd", { "aria-hidden": "true" }, "/")), said, list);

  function row(action, at) {
    const { id, name, service, version, summary, deprecated } = action;
    return make("li", {
      role: "option", id: `found-${at}`, class: deprecated ? "old" : null, "data-id": id, "aria-selected": id === chosen,
    },
    make("span", { class: "name" }, marked(name, text)),
    make("span", { class: "of" }, `${service} `, make("span", { class: "version" }, version)),
    make("span", { class: "summary" }, deprecated ? `${t("deprecated")}: ${summary}` : summary));
  }

  function more() {
    const next = found.slice(drawn, drawn + PAGE);
    list.append(...next.map((action, at) => row(action, drawn + at)));
    drawn += next.length;
  }

  /** Draws on until the list is full, and a bit beyond. */
  function enough() {
    const isFull = !list.clientHeight || list.scrollTop + list.clientHeight < list.scrollHeight - 300;
    if (isFull || drawn >= found.length) return;
    more();
    requestAnimationFrame(enough);
  }

  function look() {
    text = input.value;
    const result = find(entries, text);
    found = result.found;
    drawn = 0;
    list.replaceChildren();
    list.scrollTop = 0;
    more();
    requestAnimationFrame(enough);
    const key = result.near ? (found.length ? "onlyNear" : "nothingFound") : "foundActions";
    said.textContent = t(key, count(found.length));
    said.classList.toggle("warn", result.near);
    point(text.trim() && found.length ? 0 : -1);
  }

  function point(to) {
    list.children[active]?.classList.remove("active");
    active = Math.max(-1, Math.min(to, found.length - 1));
    while (active >= drawn) more();
    const row = list.children[active];
    row?.classList.add("active");
    row?.scrollIntoView({ block: "nearest" });
    if (row) input.setAttribute("aria-activedescendant", row.id);
    else input.removeAttribute("aria-activedescendant");
  }

  function take(at) {
    if (!found[at]) return;
    point(at);
    choose(found[at].id);
  }

  const keys = {
    ArrowDown: () => point(active + 1),
    ArrowUp: () => point(active - 1),
    PageDown: () => point(active + 8),
    PageUp: () => point(Math.max(active - 8, 0)),
    Enter: () => take(Math.max(active, 0)),
    Escape: () => {
      if (!input.value) return input.blur();
      input.value = "";
      look();
    },
  };
  input.addEventListener("keydown", (event) => {
    const act = keys[event.key];
    if (!act || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    act();
  });
  list.addEventListener("click", (event) => {
    const row = event.target.closest("li");
    if (row) take([...list.children].indexOf(row));
  });
  list.addEventListener("scroll", enough, { passive: true });
  new ResizeObserver(enough).observe(list);
  look();

  return {
    element,
    focus() {
      input.focus();
      input.select();
    },
    /** Marks the action that is shown. */
    mark(id) {
      chosen = id;
      for (const row of list.children) row.setAttribute("aria-selected", row.dataset.id === id);
      announce(id ?? "");
    },
    text: () => input.value,
    type(text) {
      input.value = text;
      look();
    },
  };
}
