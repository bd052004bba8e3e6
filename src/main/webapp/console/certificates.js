/* The client certificates that were presented, refused ones included. */
import { json, path } from "./api.js";
import { el, facts, foreign, link, table } from "./dom.js";
import { count, fromNow, time } from "./format.js";
import { address, coverageOf } from "./search.js";

const VIEWS = [
  ["Seen last", {}],
  ["Expiring first", { sort: "not_after", expires_after: "now", accepted: "true" }],
  ["New", { sort: "first_seen" }],
  ["Re-keyed", { rekeyed: "true" }],
  ["Never accepted", { accepted: "false" }],
];
const NAMES = ["sort", "order", "expires_after", "expires_before", "rekeyed", "accepted", "subject_part", "cursor"];

export async function certificatesView(_, parameters, { signal }) {
  const asked = Object.fromEntries(NAMES.filter((name) => parameters.has(name)).map((name) => [name, parameters.get(name)]));
  const page = await json(path(["certificates"], { ...instants(asked), limit: 50 }), signal);
  return [
    el("h1", {}, "Certificates"),
    el("nav", { class: "tabs", "aria-label": "Which certificates" }, VIEWS.map(([label, view]) => tab(label, view, asked))),
    form(asked),
    coverageOf(page.coverage),
    page.certificates.length === 0 ? el("p", {}, "No such certificate was seen.") : certificateTable("Client certificates", page.certificates),
    page.next ? el("nav", { class: "paging", "aria-label": "Pages" }, link(address("/certificates", { ...asked, cursor: page.next }), "Next page")) : "",
  ];
}

const instants = (asked) => asked.expires_after === "now" ? { ...asked, expires_after: new Date().toISOString() } : asked;

function tab(label, view, asked) {
  const same = Object.keys({ ...view, ...asked }).filter((name) => name !== "cursor" && name !== "subject_part")
    .every((name) => view[name] === asked[name]);
  return el("a", { href: address("/certificates", view), "aria-current": same ? "page" : null }, label);
}

function form(asked) {
  const input = el("input", { id: "subject_part", name: "subject_part", type: "text", minlength: "2", autocomplete: "off", spellcheck: "false" });
  input.value = asked.subject_part || "";
  const send = (event) => {
    event.preventDefault();
    location.hash = address("/certificates", { ...asked, cursor: undefined, subject_part: input.value.trim() });
  };
  return el("form", { class: "inline", role: "search", onsubmit: send },
    el("label", { for: "subject_part" }, "Subject, a part"), input, el("button", { type: "submit" }, "Search"));
}

/** Certificates as rows. */
export function certificateTable(caption, certificates) {
  return table(caption, ["Subject", "State", "Ends", "First seen", "Last seen", "Accepted", "Refused", "Requests"],
    certificates.map((each) => [
      link(`#/certificates/${each.sha256}`, foreign(each.subject || each.sha256)), state(each),
      each.not_after ? fromNow(each.not_after) : "", time(each.first_seen), time(each.last_seen), count(each.successes),
      count(each.failures), count(each.requests)]));
}

const state = (certificate) => el("span", { class: `state ${certificate.state}` }, certificate.state.replaceAll("_", " "));

export async function certificateView({ sha256 }, parameters, { signal }) {
  const found = await json(path(["certificates", sha256], { origin: parameters.get("origin") }), signal);
  const reasons = Object.entries(found.failures_by_reason || {});
  return [
    el("h1", {}, foreign(found.subject || "Certificate")),
    el("p", {}, state(found), found.accepted ? " accepted at least once" : " never accepted"),
    facts([
      ["SHA-256", foreign(found.sha256)], ["Issuer", foreign(found.issuer || "")], ["Serial number", foreign(found.serial_number || "")],
      ["Alternative names", (found.subject_alternative_names || []).map((name) => el("div", {}, foreign(name)))],
      ["Key", found.public_key], ["Valid from", time(found.not_before)],
      ["Valid to", found.not_after ? `${time(found.not_after)} (${fromNow(found.not_after)})` : undefined],
      ["First seen", `${time(found.first_seen)} (${fromNow(found.first_seen)})`], ["Last seen", `${time(found.last_seen)} (${fromNow(found.last_seen)})`],
      ["Handshakes", `${count(found.successes)} accepted, ${count(found.failures)} refused`],
      ["Requests", `${count(found.requests)}, of which ${count(found.requests_failed || 0)} failed`],
      ["From", (found.addresses || []).map((each) => el("div", {}, link(`#/records?address=${encodeURIComponent(each)}`, foreign(each))))
        .concat(found.more_addresses ? [el("div", {}, "and more")] : [])],
      ["Other certificates of this subject", (found.others || []).map((each) => el("div", {}, link(`#/certificates/${each}`, each)))],
    ].filter(([, value]) => !Array.isArray(value) || value.length)),
    reasons.length ? table("Refused, by reason", ["Reason", "Handshakes"], reasons.map(([reason, number]) =>
      [link(`#/records?sha256=${found.sha256}&reason=${encodeURIComponent(reason)}`, foreign(reason)), count(number)])) : "",
    el("p", {}, link(`#/records?sha256=${found.sha256}`, "All its records"), " · ",
      link(`#/live?sha256=${found.sha256}`, "Watch it live")),
  ];
}
