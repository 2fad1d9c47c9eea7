// A request in, what the server answers out. Nothing else of the pages speaks to it.

import { parse, print } from "./json.js";

/** Why the server gave no answer, in its own words. */
export class Refused extends Error {
  constructor(status, message, hint) {
    super(message);
    this.status = status;
    this.hint = hint;
  }
}

// A number of 16 digits or with a fraction may be more than JavaScript can hold; for all others the browser reads faster.
const PRECIOUS = /[0-9]{16}|[0-9][.eE][0-9+-]/;

function read(text) {
  return PRECIOUS.test(text) ? parse(text) : JSON.parse(text);
}

async function ask(method, path, body, signal) {
  const options = { method, signal, cache: "no-store", credentials: "omit", redirect: "error" };
  if (body !== undefined) {
    options.body = print(body);
    options.headers = { "content-type": "application/json" };
  }
  const answer = await fetch(path, options);
  const text = await answer.text();
  let value = null;
  try {
    value = text ? read(text) : null;
  } catch {
    throw new Refused(answer.status, `HTTP ${answer.status}: ${text.slice(0, 200)}`, null);
  }
  if (!answer.ok) throw new Refused(answer.status, value?.error ?? `HTTP ${answer.status}`, value?.hint ?? null);
  return value;
}

export const get = (path, signal) => ask("GET", path, undefined, signal);
export const post = (path, body, signal) => ask("POST", path, body, signal);
export const remove = (path) => ask("DELETE", path);

/** Whether a request has been given up by the page itself. */
export const isGivenUp = (error) => error?.name === "AbortError";
