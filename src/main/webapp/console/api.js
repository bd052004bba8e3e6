/* The API, as META-INF/openapi.yaml describes it. */

/** An answer that is no success: what the problem details (RFC 9457) say of it. */
export class Problem extends Error {
  constructor(status, details) {
    super(details.title || `the server answered ${status}`);
    this.status = status;
    this.requestId = details.request_id;
    this.invalid = details.invalid || [];
    this.retryAfter = details.retryAfter;
  }

  /** What the reader can do about it. */
  get advice() {
    if (this.status === 401 || this.status === 403) {
      return "Your certificate does not have the role auditor. Choose another certificate, or ask whoever issues them.";
    }
    if (this.status === 429) {
      return `Too many requests with this certificate. Try again in ${this.retryAfter || "some"} seconds.`;
    }
    if (this.status === 404) {
      return "There is no such thing in the trail, or retention has deleted it.";
    }
    if (this.status === 503) {
      return "The server cannot answer now: the trail cannot be written, or there is no index. Its log says more.";
    }
    return this.invalid.map((each) => `${each.name}: ${each.reason}`).join("; ");
  }
}

/** A path of the API with parameters; those without a value are left out, lists are given several times. */
export function path(segments, parameters = {}) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    for (const each of [value].flat()) {
      if (each !== undefined && each !== null && each !== "") {
        query.append(name, each);
      }
    }
  }
  const text = query.toString();
  return "api/" + segments.map(encodeURIComponent).join("/") + (text ? "?" + text : "");
}

async function ask(url, accept, signal) {
  let answer;
  try {
    answer = await fetch(url, { headers: { Accept: accept }, cache: "no-store", signal });
  } catch (error) {
    if (error.name === "AbortError") {
      throw error;
    }
    throw new Problem(0, { title: "The server cannot be reached, or it refused this browser's certificate" });
  }
  if (!answer.ok) {
    const details = await answer.json().catch(() => ({}));
    throw new Problem(answer.status, { ...details, retryAfter: answer.headers.get("Retry-After") });
  }
  return answer;
}

/** Asks for JSON. */
export const json = async (url, signal) => (await ask(url, "application/json", signal)).json();

/** Asks for text. */
export const text = async (url, type, signal) => (await ask(url, type, signal)).text();
