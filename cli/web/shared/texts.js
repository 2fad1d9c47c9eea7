// The name of a text in, the text in the person's language out. Each language has one table; what schemas say stays English.

import { one, stored } from "./dom.js";
import { english } from "./texts-en.js";
import { chinese } from "./texts-zh.js";

const tables = { en: english, zh: chinese };

function preferred() {
  const chosen = stored.get("language");
  if (Object.hasOwn(tables, chosen ?? "")) return chosen;
  return /^zh\b/i.test(navigator.languages?.[0] ?? navigator.language) ? "zh" : "en";
}

let language = preferred();

/** The text of a name; those that depend on something take it as arguments. */
export function t(name, ...about) {
  const text = tables[language][name];
  if (text === undefined) throw new Error(`there is no text ${name}`);
  return typeof text === "function" ? text(...about) : text;
}

/** The language of the page, such as `en`. */
export const current = () => language;

/** A number as the language writes it. */
export const count = (number) => number.toLocaleString(language);

/** Changes the language, and remembers it. */
export function speak(name) {
  language = name;
  stored.set("language", name);
}

/** Says in the document which language it is in, and gives the texts that its HTML names. */
export function translate(title) {
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  document.title = `${title} · Yunqiao`;
  for (const element of document.querySelectorAll("[data-text]")) element.textContent = t(element.dataset.text);
  for (const element of document.querySelectorAll("[data-label]")) element.setAttribute("aria-label", t(element.dataset.label));
  const description = one("meta[name=description]");
  if (description) description.content = t("description");
}
