// An action and what the server allows in, the choice of where a request goes out: local cloud or the real one, and the region.

import { fill, fresh, make } from "../shared/dom.js";
import { t } from "../shared/texts.js";

function regions(action, given, changed) {
  if (action.region === "unused") return null;
  const list = make("datalist", { id: fresh("regions") }, action.regions.map((region) => make("option", { value: region })));
  const input = make("input", {
    type: "text", value: given, list: list.id, autocomplete: "off", spellcheck: "false", id: fresh("region"), input: changed,
    placeholder: action.region === "required" ? (action.regions[0] ?? "") : t("noRegion"), "aria-required": action.region === "required" || null,
  });
  return { input, element: make("label", { class: "region" }, make("span", {}, t("region")), input, list) };
}

/** The choice. `changed()` is called after each change. */
export function target(action, state, given, changed) {
  const region = regions(action, given, changed);
  const warning = make("p", { class: "notice live", role: "alert", hidden: true });
  const name = fresh("target");
  let chosen = "local";
  const option = (value) => make("label", {},
    make("input", { type: "radio", name, value, checked: value === chosen, change: () => {
      chosen = value;
      warning.hidden = value !== "live";
      fill(warning, value === "live" && t("liveWarning", action.vendor));
      changed();
    } }), make("span", {}, t(value)));
  const mayLive = state.live && state.live_vendors.includes(action.vendor);
  return {
    element: make("div", { class: "target" },
      mayLive
        ? make("div", { class: "choice", role: "radiogroup", "aria-label": t("target") }, option("local"), option("live"))
        : make("span", { class: "soft" }, `→ ${t("local")}`),
      region?.element),
    warning,
    target: () => chosen,
    region: () => region?.input.value.trim() ?? "",
  };
}
