// A question in, whether the person says yes out.

import { make } from "../shared/dom.js";
import { t } from "../shared/texts.js";

/** Asks before something that cannot be taken back. The safe answer has the focus, and Escape gives it. */
export function confirmed(title, text, yes) {
  return new Promise((answer) => {
    const no = make("button", { type: "button", click: () => dialog.close("") }, t("cancel"));
    const dialog = make("dialog", { "aria-labelledby": "ask-title", close: () => {
      dialog.remove();
      answer(dialog.returnValue === "yes");
    } },
    make("h2", { id: "ask-title" }, title), make("p", {}, text),
    make("div", { class: "buttons" }, no, make("button", { type: "button", class: "danger", click: () => dialog.close("yes") }, yes)));
    document.body.append(dialog);
    dialog.showModal();
    no.focus();
  });
}
