// The names of texts in, what they are in English out. Texts that depend on something are functions.

const many = (number, one, more = `${one}s`) => `${number} ${number === 1 ? one : more}`;

export const english = {
  // Both pages
  explorer: "Explorer", inspector: "Inspector", pages: "Pages", skip: "Skip to the content",
  description: "Call, read and watch cloud APIs against the local cloud.",
  theme: "Theme", theme_: "Auto", theme_light: "Light", theme_dark: "Dark", liveAllowed: "Live allowed",
  copy: "Copy", copied: "Copied", notCopied: "Press Ctrl+C", text: "Text", showAll: "Show all",
  failed: "That did not work", more: "more", less: "less", cancel: "Cancel", filter: "Filter", close: "Close",

  // Finder
  search: "Search", actions: "Actions", searchActions: (number) => `Search ${many(number, "action")}`,
  foundActions: (number) => (number === "1" ? "1 action" : `${number} actions`),
  onlyNear: "Nothing has these words. Did you mean:", nothingFound: "Nothing found",
  welcome: "What would you like to call?",
  welcomeText: (number) => `Search ${number} actions by name, in any spelling, or by what they do. Requests go to the local cloud: it checks signatures and answers as the schemas say.`,
  keySearch: "searches", keyMove: "move through what was found", keyOpen: "opens an action",
  keySend: "sends the request", keyEscape: "clears the search",

  // An action
  notes: "Notes", deprecated: "Deprecated", vendorDocs: "Vendor's page", regionRequired: "region required",
  regionOptional: "region optional",
  limit: (limit) => `at most ${limit}`, idempotent: "may be repeated", notIdempotent: "not to be repeated blindly",
  paged: "answers in pages",
  streaming: "answers as a stream", bodyIs: (body) => `body: ${body}`,
  answerFields: (number) => `Answer (${many(number, "field")})`,
  errorCodes: (number) => `Error codes (${number})`, filterCodes: "Filter error codes",
  repeatable: "may be repeated",

  // Form
  parameters: "Parameters", form: "Form", rawJson: "Parameters as JSON", loadExample: "Example…",
  exampleLoaded: "Example loaded", reset: "Reset",
  required: "required", sensitive: "sensitive", closed: "not open to callers", neededIf: "Needed if:",
  format: "format", unit: "unit", default: "default",
  formatWords: (word) => ({
    json: "JSON in a text", url: "URL", date: "YYYY-MM-DD", datetime: "YYYY-MM-DD hh:mm:ss",
    "datetime-iso": "date and time, ISO 8601", "unix-seconds": "seconds since 1970 UTC",
    "unix-milliseconds": "milliseconds since 1970 UTC", md5: "MD5 in hexadecimal", phone: "phone number",
    email: "e-mail address", ip: "IP address",
  }[word] ?? word),
  unset: "not set", otherValue: "another value…", emptyText: "an empty text is sent", show: "Show", hide: "Hide",
  now: "now",
  fieldsOf: (name) => `Fields of ${name}`, addItem: (type) => `+ Add ${type}`,
  itemAdded: (number) => `Item ${number} added`,
  itemMoved: (number) => `Now item ${number}`, itemRemoved: (number) => `Item ${number} removed`,
  moveUp: (number) => `Move item ${number} up`,
  moveDown: (number) => `Move item ${number} down`, removeItem: (number) => `Remove item ${number}`,
  oldFields: (number) => `${many(number, "deprecated parameter")}`,
  noParameters: "It takes no parameters.", bytes: (number) => `${number} bytes`,
  tooLarge: (size) => `The file is larger than ${size}`, unreadable: "The file cannot be read",
  kind_string: "text", kind_integer: "integer", kind_number: "number", kind_boolean: "true or false",
  kind_bytes: "bytes", kind_json: "any JSON",
  listOf: (type) => `list of ${type}`, problems: (number) => many(number, "problem"),
  take: (value) => `Use ${value}`, theRequest: "The request",
  notAnObject: "A request is an object: { … }",
  notJson: (line, column, what) => `Line ${line}, column ${column}: ${what}`, goThere: "Go there",
  jsonSign: (sign) => `expected ${sign}`, json_end: "the text ends too early", json_value: "expected a value",
  json_name: 'expected a name in "…"',
  json_control: "a line break within a text", json_escape: "unknown escape", json_deep: "nested too deeply",
  json_more: "something follows the end",

  // Sending
  target: "Where to", local: "Local cloud", live: "Live", region: "Region", noRegion: "none", send: "Send",
  sending: "Sending…",
  liveWarning: (vendor) => `Requests go to the real cloud (${vendor}), with the credentials of the server's process. They may cost money and reach people.`,
  reallyLive: (action) => `Send ${action} to the real cloud?`,
  reallyLiveText: (vendor) => `This action must not be repeated blindly, and what it does at ${vendor} cannot be taken back here.`,
  sendLive: "Send it",

  // Results
  results: "Result", request: "Request", signature: "Signature", answer: "Answer", code: "Code",
  preparing: "Preparing…", notYet: "Comes once the parameters are right.",
  notSent: "Nothing has been sent yet. Ctrl+Enter sends.", noSignature: "This request is not signed.",
  noSnippet: "There is no code for this call.",
  signatureDemo: "Each step, with the demo key of the local cloud.",
  signatureLive: "Each step. Keys that were derived from your secret are not shown.",
  noAnswer: "No answer", took: (ms) => `${Number(ms).toFixed(1)} ms`, attempts: (number) => many(number, "attempt"),
  answered: (status) => `Answered with ${status}`,
  body: "Body", headers: (number) => many(number, "header"), meaning: "Meaning", delivery: "The call",
  advice: "What to do",

  // Inspector
  calls: "Calls", filterCalls: "Filter calls", onlyErrors: "Errors", onlyBad: "Bad signatures", pause: "Pause",
  resume: (waiting) => (waiting ? `Continue (${waiting} waiting)` : "Continue"),
  clear: "Clear", exportTest: (number) => (number ? `Export ${number} as a test` : "Export as a test"),
  saveFile: "Save file",
  shownCalls: (shown, all) => (shown === all ? (all === "1" ? "1 call" : `${all} calls`) : `${shown} of ${all} calls`),
  listening: "listening", paused: "paused", unreachable: "The server does not answer. Trying again…",
  dropped: (number) => `Only the newest ${number} calls are kept here.`,
  missed: (number) => `${number} older calls had been dropped by the server.`,
  noCalls: "No calls yet", noCallsText: (url) => `Whatever calls ${url} shows up here at once.`,
  noneFits: "No call fits the filter.",
  time: "Time", action: "Action", status: "Status", duration: "ms", select: "Select",
  selectCall: (number) => `Select call ${number}`, details: "Details", callNumber: (number) => `Call ${number}`,
  state_verified: "verified", state_refused: "refused", state_not_needed: "not needed",
  state_not_checked: "not checked", whyRefused: "Why it was refused",
  deviations: (number) => `Deviations from the schema (${number})`, noDeviations: "No deviations from the schema",
  unknownAction: "unknown action", host: "Host", key: "Key",
  requestId: "Request id", sizes: "Sizes", inAndOut: (request, answer) => `${request} in, ${answer} out`,
  error: "Error", noBody: "The answer is no JSON.", openInExplorer: "Open in the explorer",
  redactedNote: "Sensitive values are shown as <redacted>.",
};
