// Questions that must be answered before things go on.

import { h } from "./dom.js";

function ask(content, value) {
  return new Promise((answer) => {
    const dialog = h("dialog", { "aria-labelledby": "dialog-title" }, content);
    dialog.addEventListener("close", () => {
      dialog.remove();
      answer(dialog.returnValue === "yes" ? value() : null);
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}

const buttons = (yes, kind) => h("div", { class: "row end" },
  h("button", { class: "button quiet", value: "no", formnovalidate: true }, "Cancel"),
  h("button", { class: `button ${kind}`, value: "yes" }, yes));

/** Whether a person wants what cannot be undone. */
export const confirmErasure = (name) => ask(
  h("form", { method: "dialog" },
    h("h2", { id: "dialog-title" }, "Delete this job?"),
    h("p", {}, "Its uploads, results and everything made of them are erased: ", h("span", { class: "wrap strong" }, name), ". This cannot be undone."),
    buttons("Delete", "danger")),
  () => true);

/** The key of the service; null where a person has none. */
export function askForKey(again) {
  const field = h("input", { type: "password", id: "key", required: true, autocomplete: "off", spellcheck: "false" });
  return ask(
    h("form", { method: "dialog" },
      h("h2", { id: "dialog-title" }, "This service asks for its API key"),
      again && h("p", { class: "warning-text" }, "The key was not the right one."),
      h("label", { for: "key" }, "API key"),
      field,
      h("p", { class: "note" }, "It is kept until this tab is closed."),
      buttons("Continue", "primary")),
    () => field.value);
}
