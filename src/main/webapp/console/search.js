/* Search: all conditions are in the address, so that a search can be linked to, kept and gone back to. */
import { json, path, text } from "./api.js";
import { download, el, foreign, link, table, tell } from "./dom.js";
import { at, summary, time } from "./format.js";
import { outcome } from "./record.js";
import { problemOf } from "./trouble.js";

/** Conditions: name in the API, what the reader sees, an example. */
export const CONDITIONS = [
  ["from", "From (UTC)", "2026-11-25T00:00:00Z"],
  ["to", "To (UTC)", "2026-11-26T00:00:00Z"],
  ["event", "Event", "tls.handshake"],
  ["outcome", "Outcome", "failure"],
  ["reason", "Reason", "certificate_expired"],
  ["subject_part", "Subject, a part", "alice"],
  ["subject", "Subject, the whole", "CN=alice,OU=clients"],
  ["issuer", "Issuer, the whole", "CN=Issuing CA"],
  ["serial", "Serial number", "1a:2b:3c"],
  ["sha256", "SHA-256", ""],
  ["san", "Alternative name", "URI:spiffe://example/a"],
  ["address", "Address or prefix", "10.1.0.0/16"],
  ["connection_id", "Connection", ""],
  ["request_id", "Request id", ""],
  ["trace_id", "Trace id", ""],
  ["route", "Route", "/api/events"],
  ["status", "Status", "4xx"],
  ["user", "User", ""],
];
const FEW = 6;
/** So many records are indexed within a moment. */
export const SOON = 1000;
/** An index that went on no longer ago than that is at it; in milliseconds. */
const AT_IT = 10_000;
const EVENTS = ["tls.handshake", "tls.closed", "http.request", "http.request.received", "app.invocation", "app.event",
  "audit.started", "audit.stopped", "audit.gap", "audit.flood", "audit.recovered", "audit.retired", "audit.config",
  "certificate.expiring"];
const OUTCOMES = ["success", "failure", "unknown"];
const NAMES = CONDITIONS.map(([name]) => name);

/** The conditions of an address, as parameters of the API. */
export const conditionsOf = (parameters) =>
  Object.fromEntries(NAMES.filter((name) => parameters.has(name)).map((name) => [name, parameters.getAll(name)]));

/** The address of a view with these parameters. */
export const address = (view, parameters) => `#${view}${path([], parameters).slice("api/".length)}`;

export async function searchView(_, parameters, { signal }) {
  const conditions = conditionsOf(parameters);
  const order = parameters.get("order") || "newest";
  const cursor = parameters.get("cursor");
  const asked = { ...conditions, order, limit: 50 };
  const head = [el("h1", {}, "Search"), conditionForm("/records", conditions, order)];
  const page = await json(path(["records"], { ...asked, cursor }), signal).catch((error) => {
    if (error.status !== 400) {
      throw error;
    }
    return problemOf(error); // the conditions stay, to be mended
  });
  return page instanceof Node ? [...head, page] : [...head, ...found(page, { asked, conditions, order, cursor })];
}

function found(page, { asked, conditions, order, cursor }) {
  tell(`${page.records.length} records`);
  return [
    coverageOf(page.coverage),
    page.records.length === 0 ? el("p", {}, "No record meets these conditions.") : recordTable("Records", page.records),
    el("nav", { class: "paging", "aria-label": "Pages" },
      cursor ? link(address("/records", { ...conditions, order }), "First page") : "",
      page.next ? link(address("/records", { ...conditions, order, cursor: page.next }), "Next page") : "",
      link(address("/live", conditions), "Watch these live"),
      el("button", { type: "button", onclick: () => save(asked, cursor) }, "Download this page (NDJSON)")),
  ];
}

async function save(asked, cursor) {
  const lines = await text(path(["records"], { ...asked, cursor }), "application/x-ndjson");
  download("certrail-records.jsonl", "application/x-ndjson", lines);
}

/** Records as rows. */
export function recordTable(caption, records) {
  return table(caption, ["Time (UTC)", "Event", "Outcome", "Reason", "From", "Certificate", "What", "Number"],
    records.map(({ origin, sequence, record }) => [
      time(record.time), at(record, "event.name"), outcome(record), foreign(at(record, "error.type") || ""),
      foreign(at(record, "client.address") || ""), foreign(at(record, "tls.client.subject") || ""), foreign(summary(record)),
      link(address(`/records/${sequence}`, { origin }), `${sequence}`)]));
}

/** What the answer was drawn from: said always, loudly if something is missing but the records of this moment. */
export function coverageOf(coverage) {
  const gaps = coverage.gaps || [];
  if (coverage.complete && !gaps.length) {
    return el("p", { class: "coverage" }, "Complete: nothing is missing from this, as far as the trail knows.");
  }
  const newest = gaps.reduce((sum, gap) => sum + (gap.kind === "not_indexed" ? gap.count ?? Infinity : Infinity), 0);
  if (newest <= SOON) {
    return el("p", { class: "coverage" }, `Complete, but for the newest ${newest} records, ${fate(coverage)}.`);
  }
  return el("div", { class: "coverage warning" },
    el("p", {}, el("strong", {}, "Not complete: "), "this answer lacks records."),
    el("ul", {}, (coverage.gaps || []).map((gap) => el("li", {}, foreign(gapOf(gap))))));
}

/** What becomes of records that are not indexed yet; of an index that stands still nobody knows here whether it goes on. */
function fate(coverage) {
  const own = coverage.trails.find((trail) => trail.next !== undefined);
  if (!own?.indexed_at) {
    return "which are not indexed yet: the overview shows how the index is";
  }
  return Date.now() - Date.parse(own.indexed_at) < AT_IT
    ? "which are indexed in a moment"
    : `which are not indexed: the index went on last at ${time(own.indexed_at)}. Ask again; the overview shows how it is`;
}

const KINDS = {
  lost: "lost, as the trail itself tells", retired: "deleted by retention", not_indexed: "not indexed yet: ask again soon",
  not_on_disk: "not on disk: the trail cannot be written now", unreadable: "cannot be read: run certrail verify",
};

const gapOf = (gap) => [
  gap.count !== undefined ? `${gap.count} records` : "records",
  gap.first_sequence !== undefined ? `${gap.first_sequence} to ${gap.next_sequence - 1}` : "",
  KINDS[gap.kind] || gap.kind, gap.from ? `from ${time(gap.from)}` : "", gap.to ? `to ${time(gap.to)}` : "", gap.cause || "",
].filter(Boolean).join(", ");

/** A form for the conditions of an address; sending it goes to that address. */
export function conditionForm(view, conditions, order) {
  const send = (event) => {
    event.preventDefault();
    const given = [...new FormData(event.target)].map(([name, value]) => [name, value.trim()]).filter(([, value]) => value !== "");
    const target = `#${view}?${new URLSearchParams(given)}`;
    target === location.hash ? dispatchEvent(new HashChangeEvent("hashchange")) : location.hash = target;
  };
  const more = CONDITIONS.slice(FEW);
  const open = more.some(([name]) => conditions[name]);
  return el("form", { class: "conditions", role: "search", onsubmit: send },
    el("div", { class: "fields" }, CONDITIONS.slice(0, FEW).map((each) => field(each, conditions))),
    el("details", { open }, el("summary", {}, "More conditions"),
      el("div", { class: "fields" }, more.map((each) => field(each, conditions)))),
    el("p", { class: "buttons" },
      order === undefined ? "" : el("label", { for: "order" }, "Order"),
      order === undefined ? "" : choice("order", ["newest", "oldest"], order, false),
      el("button", { type: "submit" }, view === "/live" ? "Watch" : "Search"), link(`#${view}`, "Clear")));
}

function field([name, label, example], conditions) {
  const value = (conditions[name] || [])[0] || "";
  const choices = { event: EVENTS, outcome: OUTCOMES }[name];
  return el("div", {}, el("label", { for: name }, label), choices ? choice(name, choices, value, true) : input(name, value, example));
}

function input(name, value, example) {
  const element = el("input", { id: name, name, type: "text", placeholder: example, autocomplete: "off", spellcheck: "false" });
  element.value = value;
  return element;
}

function choice(name, values, chosen, any) {
  return el("select", { id: name, name }, any ? el("option", { value: "" }, "any") : "",
    values.map((value) => el("option", { value, selected: value === chosen }, value)));
}
