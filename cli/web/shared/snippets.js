// Programs that make a call in, tabs with one of them each out. The language that was chosen last comes first.

import { box } from "./code.js";
import { make, stored } from "./dom.js";
import { tabs } from "./tabs.js";
import { t } from "./texts.js";

const languages = [["rust", "Rust", "rust"], ["curl", "curl", "shell"], ["cli", "CLI", "shell"]];

/** The tabs and their panels. */
export function snippets(of) {
  const parts = languages.map(([name, title, language]) => ({
    name, title,
    panel: make("div", { class: "panel" }, of[name] ? box(of[name], language, title) : make("p", { class: "soft" }, t("noSnippet"))),
  }));
  const last = stored.get("snippet");
  const chosen = tabs(t("code"), parts);
  if (languages.some(([name]) => name === last)) chosen.show(last);
  chosen.list.addEventListener("click", (event) => stored.set("snippet", event.target.dataset.tab ?? ""));
  return [chosen.list, ...parts.map((part) => part.panel)];
}
