// The description of an action in, answers about its types out.

import { object } from "../shared/json.js";
import { t } from "../shared/texts.js";
import { keys } from "./path.js";

/** A type as people read it. */
export function spelled(type) {
  if (type.kind === "list") return t("listOf", spelled(type.item));
  if (type.kind === "struct" || type.kind === "enum") return type.name;
  return t(`kind_${type.kind}`);
}

/** The fields of a struct type; none for any other. */
export const fieldsOf = (action, type) => (type.kind === "struct" ? (action.structs[type.name]?.fields ?? []) : []);

/** What a new item of a type is before anybody has filled it in. */
export function empty(type) {
  switch (type.kind) {
    case "struct": return object();
    case "list": return [];
    case "integer": case "number": return 0;
    case "boolean": return false;
    case "json": return null;
    default: return "";
  }
}

/** The field, and the type, at a place of the request; none if the schema knows no such place. */
export function described(action, path) {
  let fields = action.request;
  let found = null;
  for (const key of keys(path)) {
    if (typeof key === "number") {
      if (found?.type.kind !== "list") return null;
      found = { field: found.field, type: found.type.item };
    } else {
      const field = fields?.find((field) => field.name === key);
      if (!field) return null;
      found = { field, type: field.type };
    }
    fields = fieldsOf(action, found.type);
  }
  return found;
}

/** Required ones first, what nobody should use any more last; what callers may not set is left out unless it is set. */
export function ordered(fields, value) {
  const set = (field) => value?.[field.name] !== undefined;
  const shown = fields.filter((field) => !field.disabled || set(field));
  return {
    required: shown.filter((field) => field.required),
    optional: shown.filter((field) => !field.required && (!field.deprecated || set(field))),
    old: shown.filter((field) => !field.required && field.deprecated && !set(field)),
  };
}
