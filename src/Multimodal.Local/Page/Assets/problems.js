// Shows what went wrong.

import { h } from "./dom.js";

/** A problem in words: what, and what can be done. */
export function problemCard(error, ...actions) {
  return h("div", { class: "card problem", role: "alert" },
    h("p", { class: "strong wrap" }, error.message),
    error.remedy && h("p", { class: "wrap" }, error.remedy),
    error.code && h("p", { class: "note" }, h("code", {}, error.code)),
    actions);
}
