// A tag, attributes and children in, an element out. What comes from a schema or a cloud becomes text and never anything else:
// these pages parse no HTML.

const PROPERTIES = new Set(["value", "checked", "disabled", "hidden", "open", "readOnly", "selected", "indeterminate"]);

/** An element. Attributes that are false or absent are left out, functions listen, other children become text. */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (PROPERTIES.has(name)) element[name] = value;
    else if (value !== undefined && value !== null && value !== false) {
      element.setAttribute(name, value === true ? "" : String(value));
    }
  }
  put(element, ...children);
  return element;
}

/** Adds children; absent ones are left out. */
export function put(element, ...children) {
  for (const child of children.flat(Infinity)) {
    if (child !== undefined && child !== null && child !== false) element.append(child instanceof Node ? child : String(child));
  }
  return element;
}

/** Puts children in the place of those that are there. */
export function fill(element, ...children) {
  element.replaceChildren();
  return put(element, ...children);
}

/** The first element that a selector finds. */
export const one = (selector, root = document) => root.querySelector(selector);

/** An explanation in which what stands between two backticks is a name or a value. */
export const prose = (text) => text.split(/`([^`]+)`/).map((part, at) => (at % 2 ? make("code", {}, part) : part));

let last = 0;

/** An id that no other element has. */
export const fresh = (word) => `${word}-${++last}`;

/** A link, if it leads to the web; otherwise only its text. */
export function link(address, text = address) {
  let url = null;
  try {
    url = new URL(address);
  } catch {
    // Not an address.
  }
  if (url?.protocol !== "https:" && url?.protocol !== "http:") return make("span", {}, text);
  return make("a", { href: url.href, target: "_blank", rel: "noreferrer noopener" }, text);
}

/** Runs a function once nothing has happened for a while. */
export function later(milliseconds, run) {
  let timer = 0;
  const due = (...what) => {
    clearTimeout(timer);
    timer = setTimeout(run, milliseconds, ...what);
  };
  due.cancel = () => clearTimeout(timer);
  return due;
}

/** Says something to those who hear the page. */
export function announce(text) {
  const place = one("#said");
  if (place) place.textContent = text;
}

/** Stored choices of the person. Storage may be switched off. */
export const stored = {
  get(name) {
    try {
      return localStorage.getItem(`yunqiao-${name}`);
    } catch {
      return null;
    }
  },
  set(name, value) {
    try {
      if (value) localStorage.setItem(`yunqiao-${name}`, value);
      else localStorage.removeItem(`yunqiao-${name}`);
    } catch {
      // It then holds for this page.
    }
  },
};
