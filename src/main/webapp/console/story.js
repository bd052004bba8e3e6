/* One connection's or one request's story: its records in order, on a line of time. */
import { json, path } from "./api.js";
import { el, foreign, link } from "./dom.js";
import { at, count, nanos, summary, time } from "./format.js";
import { membersOf, outcome } from "./record.js";
import { coverageOf } from "./search.js";

const MOST = 500;

export const connectionView = ({ id }, parameters, context) =>
  storyView("Connection", "connections", id, parameters, context);

export const requestView = ({ id }, parameters, context) => storyView("Request", "requests", id, parameters, context);

async function storyView(title, resource, id, parameters, { signal }) {
  const page = await json(storyOf(resource, id, { limit: MOST, cursor: parameters.get("cursor") }), signal);
  const records = page.records;
  return [
    el("h1", {}, `${title} `, foreign(id)),
    coverageOf(page.coverage),
    who(records),
    el("ol", { class: "timeline" }, records.map((each, i) => step(each, records[i - 1]))),
    page.next ? el("p", {}, link(`#/${resource}/${encodeURIComponent(id)}?cursor=${encodeURIComponent(page.next)}`, "What came then")) : "",
  ];
}

/** Dots alone, which older records have for ids of requests, lead elsewhere in a path: those are searched for. */
const storyOf = (resource, id, asked) => /^\.+$/.test(id) ? path(["records"], { ...asked, request_id: id, order: "oldest" })
  : path([resource, id], asked);

/** Whom it is about: the first record that knows tells. */
function who(records) {
  const known = (name) => records.map(({ record }) => at(record, name)).find((value) => value !== undefined);
  const subject = known("tls.client.subject");
  const from = [known("client.address"), known("client.port")].filter((value) => value !== undefined).join(" port ");
  return el("p", { class: "lead" }, subject ? foreign(subject) : "No certificate", from ? " from " : "", foreign(from));
}

function step({ origin, sequence, record }, before) {
  return el("li", { class: at(record, "event.outcome") },
    el("p", { class: "muted" }, time(record.time), before ? ` (+${since(before.record.time, record.time)})` : "", " · ",
      link(`#/records/${sequence}?origin=${encodeURIComponent(origin)}`, `record ${count(sequence)}`)),
    el("p", {}, outcome(record), " ", el("strong", {}, at(record, "event.name")), " ",
      foreign(at(record, "error.type") || ""), " ", foreign(summary(record))),
    el("p", { class: "muted" }, at(record, "event.duration_ns") === undefined ? "" : `took ${nanos(at(record, "event.duration_ns"))}`),
    el("details", {}, el("summary", {}, "All that it says"), membersOf(record)));
}

const since = (before, after) => nanos(Math.max(0, Date.parse(after) - Date.parse(before)) * 1e6);
