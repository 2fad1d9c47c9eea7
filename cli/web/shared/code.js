// A text in a language in, the same text in colours out. What is too much to look at comes in parts, when somebody asks for it.

import { copier } from "./copy.js";
import { fill, make } from "./dom.js";
import { print } from "./json.js";
import { t } from "./texts.js";

/** So much is shown at first. */
const FIRST = 40_000;
/** So much is drawn as one piece: the browser lays out only pieces in sight. */
const PIECE = 16_000;
/** Colours are for what people read. */
const COLOURED = 60_000;

const RULES = {
  json: /(?<name>"(?:[^"\\]|\\.)*"(?=\s*:))|(?<text>"(?:[^"\\]|\\.)*"?)|(?<number>-?\b[0-9][0-9.eE+-]*)|(?<word>\b(?:true|false|null)\b)/g,
  rust: /(?<note>\/\/[^\n]*)|(?<text>b?"(?:[^"\\]|\\[\s\S])*"?)|(?<word>\b(?:use|fn|async|await|let|mut|pub|struct|enum|impl|match|if|else|for|in|return|mod|const|static|as|ref|move|true|false|Ok|Err|Some|None|Result)\b)|(?<name>\b[A-Z][A-Za-z0-9]*\b|#!?\[[^\]\n]*\])|(?<number>\b[0-9][0-9_.]*\b)/g,
  shell: /(?<note>(?<=^|\s)#[^\n]*)|(?<text>'[^']*'?|"(?:[^"\\]|\\[\s\S])*"?)|(?<name>(?<=\s)--?[A-Za-z][\w-]*)|(?<word>^(?:curl|yunqiao)\b)/gm,
  plain: null,
};

function coloured(text, language) {
  const rule = RULES[language];
  if (!rule || text.length > COLOURED) return [text];
  const out = [];
  let from = 0;
  for (const found of text.matchAll(rule)) {
    const kind = Object.keys(found.groups).find((name) => found.groups[name] !== undefined);
    out.push(text.slice(from, found.index), make("span", { class: `is-${kind}` }, found[0]));
    from = found.index + found[0].length;
  }
  out.push(text.slice(from));
  return out;
}

/** Where a piece that begins at `from` may end: at the end of a line, if there is one near. */
function end(text, from, length) {
  if (from + length >= text.length) return text.length;
  const line = text.lastIndexOf("\n", from + length);
  return line > from + length / 2 ? line + 1 : from + length;
}

function pieces(text) {
  const out = [];
  for (let from = 0; from < text.length;) {
    const to = end(text, from, PIECE);
    out.push(make("span", { class: "piece" }, text.slice(from, to)));
    from = to;
  }
  return out;
}

const sizes = ["B", "kB", "MB"];

/** A length as people read it. */
export function size(bytes) {
  const step = bytes < 1000 ? 0 : bytes < 1_000_000 ? 1 : 2;
  return `${step ? (bytes / 1000 ** step).toFixed(1) : bytes} ${sizes[step]}`;
}

/** A text that is there. */
const written = (text) => ({ begin: text, whole: () => text, size: text.length });

/** The text of a JSON value. All of a large one is written only for those who want to see it. */
export const json = (value) => ({ begin: print(value, 2, FIRST), whole: () => print(value, 2) });

/** A box with a text that can be copied. `label` names it. */
export function box(text, language = "plain", label = "") {
  const { begin, whole, size: length } = typeof text === "string" ? written(text) : text;
  const shown = end(begin, 0, FIRST);
  const code = make("code", { class: language }, coloured(begin.slice(0, shown), language));
  const pre = make("pre", { tabindex: 0, role: "region", "aria-label": label || t("text") }, code);
  const out = make("div", { class: "box" },
    make("div", { class: "box-head" }, make("span", { class: "box-label" }, label), copier(whole)), pre);
  if (shown < begin.length) {
    const more = make("button", { type: "button", class: "all", click: () => {
      more.remove();
      fill(code, coloured(begin.slice(0, shown), language), pieces(whole().slice(shown)));
    } }, t("showAll"), length && ` (${size(length)})`);
    out.append(more);
  }
  return out;
}
