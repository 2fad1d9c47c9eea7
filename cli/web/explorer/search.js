// Actions and what somebody types in, the actions that are meant out, the likeliest first.

const squash = (text) => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "");

/** The words of a name such as `CreateFlowByFiles`, `create_flow` or `PDFVerify`. */
export function words(name) {
  return name
    .replace(/(\p{Ll}|\p{N})(\p{Lu})/gu, "$1 $2")
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, "$1 $2")
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
}

function entry(action) {
  const parts = words(action.name);
  return {
    action,
    name: squash(action.name),
    parts: ` ${parts.join(" ")}`,
    initials: parts.map((part) => part[0]).join(""),
    service: squash(action.service),
    // Each word after a space, so that its beginning can be found.
    prose: ` ${words(`${action.summary} ${action.service_title ?? ""} ${action.vendor}`).join(" ")}`,
    version: squash(action.version),
  };
}

const before = (a, b) => (a < b ? -1 : Number(a > b));

/** What `find` looks through. */
export function index(actions) {
  const entries = actions.map(entry);
  // Of those that fit as well as each other, the first by name, and of the same name the newest.
  const ordered = [...entries].sort((a, b) => before(a.name, b.name) || before(b.version, a.version));
  for (const [at, one] of ordered.entries()) one.order = at;
  return entries;
}

/** How well a word stands for an action; 0 if not at all. */
function worth(entry, word) {
  if (entry.name === word) return 100;
  if (entry.name.startsWith(word)) return 60;
  if (entry.service === word) return 50;
  if (entry.parts.includes(` ${word}`)) return 40;
  if (word.length > 1 && entry.initials.startsWith(word)) return 30;
  if (word.length > 1 && entry.name.includes(word)) return 25;
  if (entry.service.startsWith(word)) return 15;
  if (entry.prose.includes(` ${word}`)) return 10;
  if (word.length > 2 && entry.prose.includes(word)) return 4;
  if (word.length > 3 && entry.version.startsWith(word)) return 3;
  return 0;
}

function rank(entry, typed, whole) {
  let sum = 0;
  for (const word of typed) {
    const found = worth(entry, word);
    if (!found) return 0;
    sum += found;
  }
  if (entry.name === whole) sum += 200;
  else if (entry.name.startsWith(whole)) sum += 80;
  // Of two that fit as well, the shorter name leaves less unsaid.
  return sum - entry.name.length / 50 - (entry.action.deprecated ? 20 : 0);
}

const pairs = (text) => new Set(Array.from(text.slice(1), (sign, at) => text[at] + sign));

/** How alike two words are, from 0 to 1, for those that are mistyped. */
function likeness(wanted, name) {
  const there = pairs(name);
  let common = 0;
  for (const pair of wanted) common += there.has(pair);
  return (2 * common) / (wanted.size + there.size || 1);
}

/** The actions of the entries that are worth more than so much, those worth most first. */
function best(entries, worth, least) {
  const hits = [];
  for (const entry of entries) {
    const found = worth(entry);
    if (found > least) hits.push({ worth: found, entry });
  }
  hits.sort((a, b) => b.worth - a.worth || a.entry.order - b.entry.order);
  return hits.map((hit) => hit.entry.action);
}

/**
 * The entries that a text means. `near` says that none has all the words, and these only look like it.
 * An empty text means all, in their order.
 */
export function find(entries, text) {
  const typed = text.split(/[\s./:,]+/).map(squash).filter(Boolean);
  if (!typed.length) return { near: false, found: entries.map((entry) => entry.action) };
  const whole = squash(text);
  const found = best(entries, (entry) => rank(entry, typed, whole), 0);
  if (found.length) return { near: false, found };
  const wanted = pairs(whole);
  return { near: true, found: best(entries, (entry) => likeness(wanted, entry.name), 0.4).slice(0, 8) };
}

/** Where the words that were typed stand in a name: pairs of beginning and end, in order, none over another. */
export function marks(name, text) {
  const lower = name.toLowerCase();
  const all = [];
  for (const word of [squash(text), ...text.split(/[\s./:,]+/).map(squash)]) {
    const at = word ? lower.indexOf(word) : -1;
    if (at >= 0 && all.every(([from, to]) => at >= to || at + word.length <= from)) all.push([at, at + word.length]);
  }
  return all.sort((a, b) => a[0] - b[0]);
}
