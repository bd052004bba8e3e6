/* What an operator wants to see first: is the trail well, who is turned away and why, what is about to expire. */
import { json, path } from "./api.js";
import { certificateTable } from "./certificates.js";
import { stackedOverTime } from "./chart.js";
import { el, foreign, link, table } from "./dom.js";
import { count, span } from "./format.js";
import { address, coverageOf, SOON } from "./search.js";

const RANGES = [["1h", "Hour", 3600], ["24h", "Day", 86400], ["7d", "Week", 604800], ["30d", "30 days", 2592000]];
const BUCKETS = 60;
const OTHER = "other reasons";
const MOST_REASONS = 8;

export async function overviewView(_, parameters, { signal }) {
  const [name, , seconds] = RANGES.find(([each]) => each === parameters.get("range")) || RANGES[1];
  const to = new Date();
  const from = new Date(to.getTime() - seconds * 1000);
  const range = { from: from.toISOString(), to: to.toISOString() };
  const [trail, summary, expiring] = await Promise.all([
    json(path(["trail"]), signal),
    json(path(["summary"], { ...range, buckets: BUCKETS }), signal),
    json(path(["certificates"], { sort: "not_after", expires_after: to.toISOString(), accepted: "true", limit: 10 }), signal)]);
  return [
    el("h1", {}, "Overview"),
    el("nav", { class: "tabs", "aria-label": "How far back" }, RANGES.map(([each, label]) =>
      el("a", { href: `#/?range=${each}`, "aria-current": each === name ? "page" : null }, label))),
    health(trail),
    totals(summary),
    coverageOf(summary.coverage),
    failures(summary, range),
    el("div", { class: "columns" }, sources(summary, range), certificates(summary, range)),
    el("section", { "aria-labelledby": "expiring" }, el("h2", { id: "expiring" }, "About to expire"),
      expiring.certificates.length ? certificateTable("Certificates, the first to expire first", expiring.certificates)
        : el("p", {}, "No certificate that was accepted is still to expire.")),
  ];
}

const tile = (name, value, good, detail) => el("div", { class: `tile ${good ? "good" : "bad"}` },
  el("dt", {}, name), el("dd", {}, el("strong", {}, `${good ? "" : "⚠ "}${value}`), el("span", {}, detail)));

function health(trail) {
  const { checkpoint, index } = trail;
  return el("section", { "aria-labelledby": "trail" }, el("h2", { id: "trail" }, "The trail"),
    el("dl", { class: "tiles" },
      tile("Writing", trail.writing ? "yes" : "no", trail.writing, `${count(trail.next_sequence)} records on disk`),
      tile("Lost since the start", count(trail.lost), trail.lost === 0, `${count(trail.seen)} seen, ${count(trail.queued)} queued`),
      checkpoint
        ? tile("Last checkpoint", `${span(checkpoint.age_seconds)} ago`, checkpoint.lag < 100000, `of ${count(checkpoint.size)} records, ${count(checkpoint.lag)} behind`)
        : tile("Last checkpoint", "none", false, "nothing is sealed yet"),
      tile("Index", index.state, index.state === "current" || (index.state === "behind" && index.lag <= SOON), index.message || `${index.engine}, ${count(index.lag)} behind`)),
    el("p", { class: "muted" }, foreign(trail.origin), ". Whether it is intact and complete is shown by certrail verify, run by somebody else than this server."));
}

function totals({ totals: all }) {
  const sum = (event, outcome) => all.filter((each) => each.event === event && each.outcome === outcome)
    .reduce((total, each) => total + each.count, 0);
  const figure = (label, event, outcome) => el("li", { class: outcome },
    el("strong", {}, count(sum(event, outcome))), " ", label);
  return el("ul", { class: "figures" },
    figure("handshakes accepted", "tls.handshake", "success"), figure("handshakes refused", "tls.handshake", "failure"),
    figure("requests answered", "http.request", "success"), figure("requests failed", "http.request", "failure"));
}

function failures(summary, range) {
  const failed = summary.totals.filter((each) => each.outcome === "failure");
  const byReason = new Map();
  failed.forEach(({ reason, count: number }) => byReason.set(reason || "none", (byReason.get(reason || "none") || 0) + number));
  const ranked = [...byReason].sort(([, a], [, b]) => b - a);
  const shown = ranked.slice(0, MOST_REASONS).map(([reason]) => reason);
  const section = el("section", { "aria-labelledby": "failures" }, el("h2", { id: "failures" }, "Failures by reason"));
  if (ranked.length === 0) {
    section.append(el("p", {}, "None in this time."));
    return section;
  }
  section.append(stackedOverTime(summary, seriesOf(summary, shown)),
    table("Failures by reason", ["Reason", "Records"], ranked.map(([reason, number]) =>
      [link(address("/records", { ...range, outcome: "failure", reason }), foreign(reason)), count(number)])));
  return section;
}

/** Of each reason shown, and of all others together, the failures in each bucket. */
function seriesOf(summary, shown) {
  const start = Date.parse(summary.from);
  const series = new Map([...shown, OTHER].map((reason) => [reason, new Array(BUCKETS).fill(0)]));
  for (const bucket of summary.buckets) {
    const i = Math.min(BUCKETS - 1, Math.floor((Date.parse(bucket.from) - start) / 1000 / summary.bucket_seconds + 1e-6));
    for (const each of bucket.counts.filter(({ outcome }) => outcome === "failure")) {
      const reason = each.reason || "none";
      series.get(shown.includes(reason) ? reason : OTHER)[i] += each.count;
    }
  }
  return [...series].filter(([, values]) => values.some((value) => value > 0));
}

function sources(summary, range) {
  return el("section", { "aria-labelledby": "sources" }, el("h2", { id: "sources" }, "Top sources"),
    summary.sources.length ? table("Addresses with the most failures", ["Address", "Failures", "Records"],
      summary.sources.slice(0, 10).map((each) => [link(address("/records", { ...range, address: each.address }), foreign(each.address)),
        count(each.failures), count(each.count)])) : el("p", {}, "None in this time."));
}

function certificates(summary, range) {
  return el("section", { "aria-labelledby": "top-certificates" }, el("h2", { id: "top-certificates" }, "Top certificates"),
    summary.certificates.length ? table("Certificates with the most failures", ["Certificate", "Failures", "Records"],
      summary.certificates.slice(0, 10).map((each) => [link(`#/certificates/${each.sha256}`, foreign(each.subject || each.sha256)),
        link(address("/records", { ...range, sha256: each.sha256, outcome: "failure" }), count(each.failures)), count(each.count)])) : el("p", {}, "None in this time."));
}
