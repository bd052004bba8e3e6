/* One record: what it says, its line, and the proof that a checkpoint holds it. */
import { json, path } from "./api.js";
import { download, el, facts, foreign, link, tell } from "./dom.js";
import { at, members, summary, time } from "./format.js";
import { check } from "./proof.js";

/** Members that lead somewhere. */
const LINKS = {
  "mtls.connection.id": (value) => `#/connections/${encodeURIComponent(value)}`,
  "http.request.id": (value) => `#/requests/${encodeURIComponent(value)}`,
  "tls.client.hash.sha256": (value) => `#/certificates/${encodeURIComponent(value)}`,
  "tls.client.subject": (value) => `#/records?subject=${encodeURIComponent(value)}`,
  "client.address": (value) => `#/records?address=${encodeURIComponent(value)}`,
  "error.type": (value) => `#/records?reason=${encodeURIComponent(value)}`,
  "user.name": (value) => `#/records?user=${encodeURIComponent(value)}`,
};

/** A record's outcome, told by a word, not by its colour alone. */
export const outcome = (record) =>
  el("span", { class: `outcome ${at(record, "event.outcome")}` }, at(record, "event.outcome"));

/** All members of a record, those that lead somewhere as links. */
export const membersOf = (record) => facts(members(record).map(([name, values]) =>
  [name, values.map((value) => el("div", {}, LINKS[name] ? link(LINKS[name](value), foreign(value)) : foreign(value)))]));

export async function recordView({ sequence }, parameters, { signal }) {
  const found = await json(path(["records", sequence], { origin: parameters.get("origin") }), signal);
  const { record, line } = found;
  const file = `${found.origin.replace(/[^\w.-]+/g, "_")}-${found.sequence}`;
  const title = el("h1", {}, `Record ${found.sequence}`);
  if (!record) {
    return [title, el("p", { role: "alert" }, "This line is no record any more: somebody changed it in the trail. Run certrail verify."),
      el("pre", { class: "line" }, line), proofOf(found, file)];
  }
  return [
    title,
    el("p", {}, outcome(record), " ", el("strong", {}, at(record, "event.name")), " ",
      foreign(at(record, "error.type") || ""), " ", foreign(summary(record))),
    el("p", { class: "muted" }, `${time(record.time)} · ${found.origin}`),
    membersOf(record),
    el("details", {}, el("summary", {}, "The line, as it was written and hashed"), el("pre", { class: "line" }, line)),
    proofOf(found, file),
  ];
}

function proofOf(found, file) {
  const saveLine = el("button", { type: "button", onclick: () => download(`${file}.jsonl`, "application/x-ndjson", found.line) },
    "Download the line");
  if (!found.proof) {
    return el("section", { "aria-labelledby": "proof" }, el("h2", { id: "proof" }, "Proof"),
      el("p", {}, "There is none. Checkpoints are a second apart: if none covers the record yet, load this page again. If that does not ",
        "help, the line is not what was sealed, or the record is another server's: run certrail verify on its trail."),
      el("p", { class: "buttons" }, saveLine));
  }
  const { proof } = found;
  return el("section", { "aria-labelledby": "proof" }, el("h2", { id: "proof" }, "Proof"),
    facts([["Checkpoint of", `${proof.tree_size} records`], ["Root hash", proof.root_hash],
      ["Inclusion proof", `${proof.hashes.length} hashes`]]),
    el("p", { class: "buttons" }, saveLine,
      el("button", { type: "button", onclick: () => download(`${file}.tlog-proof`, "text/plain", proof.tlog_proof) },
        "Download the proof"),
      el("button", { type: "button", onclick: () => download(`${file}.checkpoint`, "text/plain", proof.checkpoint) },
        "Download the checkpoint")),
    checkForm({ line: found.line, proof: proof.tlog_proof, key: proof.verifier_key }));
}

/** The page on which any proof can be checked. */
export async function checkView() {
  return [
    el("h1", {}, "Check a proof"),
    el("p", {}, "Everything is computed in this browser; nothing is sent. A proof is good if the line leads to the root that the ",
      "key signed. Take the key from somewhere that the server's administrator cannot write to: a key that the server hands ",
      "out shows only that the server agrees with itself."),
    checkForm({}),
  ];
}

function checkForm({ line, proof, key }) {
  const fields = {
    line: el("textarea", { id: "check-line", rows: "4", spellcheck: "false" }),
    proof: el("textarea", { id: "check-proof", rows: "8", spellcheck: "false" }),
    key: el("input", { id: "check-key", type: "text", spellcheck: "false", autocomplete: "off" }),
  };
  Object.entries({ line, proof, key }).forEach(([name, value]) => { fields[name].value = value || ""; });
  const result = el("div", { class: "result", "aria-live": "polite" });
  const submit = async (event) => {
    event.preventDefault();
    show(result, await check(fields.line.value.replace(/\r?\n$/, ""), fields.proof.value, fields.key.value), fields.key.value === key);
  };
  return el("form", { class: "check", onsubmit: submit },
    el("label", { for: "check-line" }, "The line"), fields.line,
    el("label", { for: "check-proof" }, "The proof (.tlog-proof)"), fields.proof,
    el("label", { for: "check-key" }, "The key (key.pub)"), fields.key,
    el("p", { class: "buttons" }, el("button", { type: "submit" }, "Check this proof")), result);
}

function show(result, findings, keyOfServer) {
  const good = findings.every((each) => each.good);
  const verdict = good ? "Proven: the record is in the tree that the checkpoint signs." : "Not proven.";
  result.replaceChildren(
    el("p", { class: `verdict ${good ? "good" : "bad"}` }, verdict),
    el("ul", {}, findings.map((each) => el("li", { class: each.good ? "good" : "bad" },
      el("strong", {}, `${each.good ? "✓" : "✗"} ${each.name}: `), foreign(each.detail)))),
    good && keyOfServer ? el("p", { class: "muted" }, "The key is the one that this server hands out. Compare it with the one that you keep elsewhere.") : "");
  tell(verdict);
}
