// A text in, a button that copies it or saves it as a file out.

import { announce, make } from "./dom.js";
import { t } from "./texts.js";

/** A button that copies what `text()` gives when it is pressed. */
export function copier(text, label = t("copy")) {
  const button = make("button", { type: "button", class: "copy", click: () => copy() }, label);
  async function copy() {
    let done = true;
    try {
      await navigator.clipboard.writeText(text());
    } catch {
      done = byHand(text());
    }
    button.textContent = done ? t("copied") : t("notCopied");
    announce(button.textContent);
    setTimeout(() => {
      button.textContent = label;
    }, 1500);
  }
  return button;
}

/** Copies as people do, where the page may not write to the clipboard. */
function byHand(text) {
  const focus = document.activeElement;
  const area = make("textarea", { class: "unseen", readOnly: true, value: text });
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  focus?.focus();
  return done;
}

/** Saves a text as a file. */
export function save(name, text, type = "text/plain") {
  const url = URL.createObjectURL(new Blob([text], { type }));
  make("a", { href: url, download: name }).click();
  // The browser has begun to read it by then.
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}
