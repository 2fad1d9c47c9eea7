// JSON text in, a value that has kept every digit out, and back. Integers of these APIs are wider than a number of JavaScript.

/** A number that JavaScript would change, as it was written. */
export class Digits {
  constructor(text) {
    this.text = text;
  }

  toString() {
    return this.text;
  }
}

/** Where a text stops to be JSON. `at` counts characters from 0. */
export class NotJson extends Error {
  constructor(what, at) {
    super(what);
    this.at = at;
  }
}

const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const PLAIN = /[^"\\\u0000-\u001f]*/y;
const SPACE = /[ \t\r\n]*/y;
const HEX = /[0-9a-fA-F]{4}/y;
const ESCAPES = { '"': '"', "\\": "\\", "/": "/", b: "\b", f: "\f", n: "\n", r: "\r", t: "\t" };
const DEEPEST = 500;

/** A number by its digits: one of JavaScript if that says the same. */
export function number(text) {
  const value = Number(text);
  return String(value) === text ? value : new Digits(text);
}

/** Whether a text is a number as JSON writes it. */
export function isNumber(text) {
  NUMBER.lastIndex = 0;
  return NUMBER.exec(text)?.[0].length === text.length;
}

/** An object without members, not even inherited ones. */
export const object = () => Object.create(null);

/** Whether a value is an object with members. */
export const isObject = (value) =>
  typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Digits);

/** Reads JSON. Throws `NotJson`. */
export function parse(text) {
  let at = 0;
  let depth = 0;
  const match = (pattern) => {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    at += found?.length ?? 0;
    return found;
  };
  const fail = (what) => {
    throw new NotJson(what, at);
  };
  const expect = (sign) => {
    match(SPACE);
    if (text[at] !== sign) fail(at < text.length ? sign : "end");
    at += 1;
  };
  const word = (name, value) => {
    if (!text.startsWith(name, at)) fail("value");
    at += name.length;
    return value;
  };
  const string = () => {
    expect('"');
    let out = "";
    for (;;) {
      out += match(PLAIN);
      const sign = text[at];
      if (sign === '"') break;
      if (sign !== "\\") fail(at < text.length ? "control" : "end");
      at += 1;
      const kind = text[at];
      at += 1;
      if (kind === "u") out += String.fromCharCode(parseInt(match(HEX) ?? fail("escape"), 16));
      else out += ESCAPES[kind] ?? fail("escape");
    }
    at += 1;
    return out;
  };
  const members = (close, each) => {
    at += 1;
    depth += 1;
    if (depth > DEEPEST) fail("deep");
    match(SPACE);
    if (text[at] === close) at += 1;
    else {
      for (;;) {
        each();
        match(SPACE);
        if (text[at] === close) break;
        expect(",");
      }
      at += 1;
    }
    depth -= 1;
  };
  const value = () => {
    match(SPACE);
    switch (text[at]) {
      case "{": {
        const out = object();
        members("}", () => {
          match(SPACE);
          if (text[at] !== '"') fail(at < text.length ? "name" : "end");
          const name = string();
          expect(":");
          out[name] = value();
        });
        return out;
      }
      case "[": {
        const out = [];
        members("]", () => out.push(value()));
        return out;
      }
      case '"': return string();
      case "t": return word("true", true);
      case "f": return word("false", false);
      case "n": return word("null", null);
      default: return number(match(NUMBER) || fail(at < text.length ? "value" : "end"));
    }
  };
  const out = value();
  match(SPACE);
  if (at < text.length) fail("more");
  return out;
}

/** Writes JSON; with `indent` a member per line. Ends early, in the middle, after `most` characters. */
export function print(value, indent = 0, most = Infinity) {
  const parts = [];
  let length = 0;
  const write = (text) => {
    parts.push(text);
    length += text.length;
  };
  const line = (depth) => indent && write(`\n${" ".repeat(indent * depth)}`);
  const walk = (value, depth) => {
    if (length > most) return;
    if (value instanceof Digits) write(value.text);
    else if (Array.isArray(value)) each("[", "]", value, depth, (item) => walk(item, depth + 1));
    else if (typeof value === "object" && value !== null) {
      each("{", "}", Object.keys(value), depth, (name) => {
        write(`${JSON.stringify(name)}:${indent ? " " : ""}`);
        walk(value[name], depth + 1);
      });
    } else write(JSON.stringify(value) ?? "null");
  };
  const each = (open, close, items, depth, print) => {
    if (!items.length) return write(open + close);
    write(open);
    for (let at = 0; at < items.length && length <= most; at += 1) {
      if (at) write(",");
      line(depth + 1);
      print(items[at]);
    }
    line(depth);
    write(close);
  };
  walk(value, 0);
  return parts.join("");
}

/** A copy that shares nothing with the original. */
export function copy(value) {
  if (Array.isArray(value)) return value.map(copy);
  if (!isObject(value)) return value;
  const out = object();
  for (const name of Object.keys(value)) out[name] = copy(value[name]);
  return out;
}
