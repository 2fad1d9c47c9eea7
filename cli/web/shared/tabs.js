// Names and panels in, tabs that arrows, Home and End move through out.

import { fresh, make } from "./dom.js";

/**
 * A list of tabs and their panels. `named` are `{ name, title, panel }`; `chosen(name)` hears which one is shown.
 * The result has `list`, the elements, and `show(name)`.
 */
export function tabs(label, named, chosen = () => {}) {
  const list = make("div", { role: "tablist", "aria-label": label, class: "tabs" });
  const entries = named.map(({ name, title, panel }) => {
    const id = fresh("tab");
    panel.id ||= fresh("panel");
    panel.setAttribute("role", "tabpanel");
    panel.setAttribute("aria-labelledby", id);
    panel.tabIndex = -1;
    const tab = make("button", {
      type: "button", role: "tab", id, "aria-controls": panel.id, "data-tab": name, click: () => show(name),
    }, title);
    list.append(tab);
    return { name, tab, panel };
  });
  function show(name) {
    for (const entry of entries) {
      const is = entry.name === name;
      entry.tab.setAttribute("aria-selected", is);
      entry.tab.tabIndex = is ? 0 : -1;
      entry.panel.hidden = !is;
    }
    chosen(name);
  }
  list.addEventListener("keydown", (event) => {
    const at = entries.findIndex((entry) => entry.tab === document.activeElement);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: -1 }[event.key];
    if (at < 0 || to === undefined) return;
    event.preventDefault();
    const entry = entries.at(to % entries.length);
    show(entry.name);
    entry.tab.focus();
  });
  show(entries[0].name);
  return { list, show };
}
