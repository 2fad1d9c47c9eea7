// A place in a request in, what stands there out. Places are written as the server does: `Approvers[0].Mobile`.

import { isObject } from "../shared/json.js";

/** The place of a member or an item below another one. */
export const below = (path, key) => (typeof key === "number" ? `${path}[${key}]` : path ? `${path}.${key}` : key);

/** The keys on the way: texts are members, numbers are items. */
export function keys(path) {
  const found = path.matchAll(/\[(\d+)\]|([^.[\]]+)/g);
  return Array.from(found, ([, item, member]) => (item === undefined ? member : Number(item)));
}

/** The place around another one; none around the request itself. */
export function above(path) {
  const cut = Math.max(path.lastIndexOf("."), path.lastIndexOf("["));
  return path ? path.slice(0, Math.max(cut, 0)) : null;
}

/** What stands at a place, if anything. */
export function at(value, path) {
  return keys(path).reduce((inner, key) => {
    if (typeof key === "number") return Array.isArray(inner) ? inner[key] : undefined;
    return isObject(inner) && Object.hasOwn(inner, key) ? inner[key] : undefined;
  }, value);
}

/** Calls a member by another name, where it stands. */
export function rename(value, path, name) {
  const old = keys(path).at(-1);
  const holder = at(value, above(path) ?? "");
  if (!isObject(holder) || !Object.hasOwn(holder, old) || Object.hasOwn(holder, name)) return false;
  const members = Object.entries(holder);
  for (const [key] of members) delete holder[key];
  for (const [key, inner] of members) holder[key === old ? name : key] = inner;
  return true;
}

/** Puts something at a place whose surroundings are there. */
export function put(value, path, inner) {
  const holder = at(value, above(path) ?? "");
  const key = keys(path).at(-1);
  if (!isObject(holder) && !Array.isArray(holder)) return false;
  holder[key] = inner;
  return true;
}
