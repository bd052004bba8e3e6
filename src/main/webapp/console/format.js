/* How figures, times and records are put into words. */

const NUMBER = new Intl.NumberFormat("en");
const UNITS = [["d", 86400], ["h", 3600], ["min", 60], ["s", 1]];

export const count = (number) => NUMBER.format(number);

/** RFC 3339 as it is recorded, in UTC, shortened to milliseconds. */
export const time = (rfc3339) => rfc3339 ? rfc3339.replace("T", " ").replace(/(\.\d{3})\d*Z$/, "$1Z") : "";

/** A length of time in its two greatest units; negative ones without their sign. */
export function span(seconds) {
  let rest = Math.round(Math.abs(seconds));
  const parts = [];
  for (const [unit, size] of UNITS) {
    if (rest >= size && parts.length < 2) {
      parts.push(`${Math.floor(rest / size)} ${unit}`);
      rest %= size;
    }
  }
  return parts.join(" ") || "0 s";
}

/** Nanoseconds, in the unit that leaves one to three digits before the point. */
export function nanos(value) {
  if (value === undefined) {
    return undefined;
  }
  const [size, unit] = value < 1e3 ? [1, "ns"] : value < 1e6 ? [1e3, "µs"] : value < 1e9 ? [1e6, "ms"] : [1e9, "s"];
  return `${(value / size).toPrecision(3)} ${unit}`;
}

/** "in 3 d", "2 h ago". */
export function fromNow(rfc3339, now = Date.now()) {
  const seconds = (Date.parse(rfc3339) - now) / 1000;
  return seconds >= 0 ? `in ${span(seconds)}` : `${span(seconds)} ago`;
}

/** The value at a dotted path of a record. */
export const at = (record, path) => path.split(".").reduce((value, name) => value?.[name], record);

/** What a record is about, in one line. */
export function summary(record) {
  const name = at(record, "event.name");
  if (name === "http.request" || name === "http.request.received") {
    const line = [at(record, "http.request.method"), at(record, "url.path")].filter(Boolean).join(" ");
    return [line || "no request line", at(record, "http.response.status_code")].filter(Boolean).join(" → ");
  }
  if (name === "app.invocation") {
    return [at(record, "code.function.name"), at(record, "audit.action"), at(record, "audit.resource")]
      .filter(Boolean).join(" · ");
  }
  if (name === "app.event") {
    return [at(record, "app.action"), at(record, "app.resource"), at(record, "app.message")].filter(Boolean).join(" · ");
  }
  if (name.startsWith("audit.") || name.startsWith("certificate.")) {
    const details = at(record, "audit.details") || {};
    return Object.entries(details).map(([key, value]) => `${key}=${value}`).join(" ");
  }
  return at(record, "error.message") || [at(record, "tls.protocol.version") && `TLS ${at(record, "tls.protocol.version")}`,
    at(record, "tls.cipher"), at(record, "tls.resumed") && "resumed"].filter(Boolean).join(" · ");
}

/** All members of a record, as dotted paths and lists of values, in the order of the line. */
export function members(value, prefix = "") {
  return Object.entries(value).flatMap(([name, each]) =>
    each !== null && typeof each === "object" && !Array.isArray(each)
      ? members(each, `${prefix}${name}.`)
      : [[prefix + name, [each].flat().map(String)]]);
}
