// The numbers of calls in, a test that makes them again out: to be read, copied or saved.

import { post } from "../shared/api.js";
import { box } from "../shared/code.js";
import { save } from "../shared/copy.js";
import { make, put } from "../shared/dom.js";
import { t } from "../shared/texts.js";

/** Shows the test for some calls. */
export async function exported(numbers) {
  const dialog = make("dialog", { class: "exported", "aria-label": t("exportTest", numbers.length), close: () => dialog.remove() });
  const buttons = make("div", { class: "buttons" }, make("button", { type: "button", click: () => dialog.close() }, t("close")));
  try {
    const { rust } = await post("/api/test", { numbers });
    put(dialog, make("h2", {}, t("exportTest", numbers.length)), box(rust, "rust", "calls.rs"));
    buttons.prepend(make("button", { type: "button", class: "save", click: () => save("calls.rs", rust, "text/x-rust") }, t("saveFile")));
  } catch (error) {
    put(dialog, make("h2", {}, t("failed")), make("p", {}, error.message), error.hint && make("p", { class: "soft" }, error.hint));
  }
  document.body.append(put(dialog, buttons));
  dialog.showModal();
}
