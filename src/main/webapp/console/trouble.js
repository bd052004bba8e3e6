/* What went wrong, in words. */
import { Problem } from "./api.js";
import { el, foreign, tell } from "./dom.js";

/** What went wrong, what to do, and the request's id, by which its record is found. */
export function problemOf(error) {
  const known = error instanceof Problem;
  tell(error.message);
  return el("div", { class: "problem", role: "alert" },
    el("p", {}, el("strong", {}, foreign(error.message)), " ", known ? foreign(error.advice) : ""),
    known && error.requestId ? el("p", { class: "muted" }, "Request ", foreign(error.requestId)) : "");
}
