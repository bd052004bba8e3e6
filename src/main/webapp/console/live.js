/* Records as they come to be on disk. */
import { path } from "./api.js";
import { el } from "./dom.js";
import { count } from "./format.js";
import { conditionForm, conditionsOf, recordTable } from "./search.js";

const MOST_SHOWN = 200;
const REDRAW_MILLIS = 250;

export async function liveView(_, parameters, { signal }) {
  const conditions = conditionsOf(parameters);
  delete conditions.from;
  delete conditions.to;
  const live = new Live(conditions, signal);
  return [el("h1", {}, "Live"), conditionForm("/live", conditions), live.bar, live.records];
}

/** A stream that is shown, the newest first; what is beyond the bound is counted, not shown. */
class Live {
  #records = [];
  #seen = 0;
  #paused = false;
  #due = 0;

  constructor(conditions, signal) {
    this.state = el("span", { role: "status" }, "connecting");
    this.pause = el("button", { type: "button", "aria-pressed": "false", onclick: () => this.#toggle() }, "Pause");
    this.bar = el("p", { class: "buttons" }, this.pause, this.state);
    this.records = el("div", { class: "live" });
    this.source = new EventSource(path(["stream"], conditions));
    this.source.addEventListener("open", () => this.#say("waiting for records"));
    this.source.addEventListener("record", (event) => this.#take(event));
    this.source.addEventListener("dropped", () => this.#say("this page was too slow and was cut off; it goes on where it was"));
    this.source.addEventListener("stopped", () => this.#say("the server stops"));
    this.source.addEventListener("error", () => this.#say(this.source.readyState === EventSource.CLOSED
      ? "the server does not stream to this certificate, or not now: load the page again" : "cut off, trying again"));
    signal.addEventListener("abort", () => this.#close());
  }

  #take(event) {
    this.#seen++;
    this.#records.unshift({ sequence: event.lastEventId, record: JSON.parse(event.data) });
    this.#records.length = Math.min(this.#records.length, MOST_SHOWN);
    if (!this.#paused && !this.#due) {
      this.#due = setTimeout(() => this.#show(), REDRAW_MILLIS);
    }
  }

  #show() {
    this.#due = 0;
    this.records.replaceChildren(recordTable("Records, the newest first", this.#records));
    this.#say(`${count(this.#seen)} records since this page was opened${this.#seen > MOST_SHOWN ? `, the last ${MOST_SHOWN} shown` : ""}`);
  }

  #toggle() {
    this.#paused = !this.#paused;
    this.pause.setAttribute("aria-pressed", String(this.#paused));
    this.pause.textContent = this.#paused ? "Go on" : "Pause";
    if (!this.#paused && this.#records.length) {
      this.#show();
    }
  }

  #say(text) {
    this.state.textContent = text;
  }

  #close() {
    this.source.close();
    clearTimeout(this.#due);
  }
}
