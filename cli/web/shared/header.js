// The state of the server in, the top of each page out: where one is, language and theme.

import { fill, make, one, stored } from "./dom.js";
import { current, speak, t } from "./texts.js";

const themes = ["", "light", "dark"];

function language(redraw) {
  const other = current() === "zh" ? "en" : "zh";
  const name = other === "zh" ? "中文" : "English";
  return make("button", {
    type: "button", class: "quiet", id: "language", lang: other, click: () => {
      speak(other);
      redraw();
      one("#language").focus();
    },
  }, name);
}

function theme() {
  const root = document.documentElement;
  const select = make("select", { id: "theme", "aria-label": t("theme"), change: () => {
    if (select.value) root.dataset.theme = select.value;
    else delete root.dataset.theme;
    stored.set("theme", select.value);
  } }, themes.map((name) => make("option", { value: name, selected: (root.dataset.theme ?? "") === name }, t(`theme_${name}`))));
  return select;
}

/** Draws the head of a page; `redraw()` is called once the language has changed. */
export function header(page, state, redraw) {
  const place = (name, address) =>
    make("a", { href: address, "aria-current": name === page ? "page" : null }, t(name));
  fill(one("header"),
    make("span", { class: "brand" }, make("span", { lang: "zh", "aria-hidden": "true" }, "云桥"), make("span", { class: "latin" }, " Yunqiao")),
    make("nav", { "aria-label": t("pages") }, place("explorer", "/"), place("inspector", "/inspector")),
    make("span", { class: "state soft" }, state ? `${state.url ?? ""} · ${state.version}` : ""),
    state?.live ? make("span", { class: "chip live" }, t("liveAllowed")) : null,
    make("span", { class: "switches" }, language(redraw), theme()));
}
