/*
 * Checks in this browser that a record is in the tree that a checkpoint signs: RFC 9162 section 2.1.3.2 for the inclusion
 * proof, C2SP signed-note, tlog-checkpoint and tlog-proof for what is around it. Trusts nothing that the server says but the
 * key, and that only if the reader took it from somewhere else.
 */

const HASH_LENGTH = 32;
const ED25519 = 1;
const MAX_PATH = 63;

/** One thing that was checked. */
const finding = (name, good, detail) => ({ name, good, detail });

const utf8 = (text) => new TextEncoder().encode(text);

function join(...parts) {
  const bytes = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  parts.reduce((offset, part) => { bytes.set(part, offset); return offset + part.length; }, 0);
  return bytes;
}

const sha256 = async (bytes) => new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));

const node = (left, right) => sha256(join([1], left, right));

/** The bytes of strict Base64; null if it is none. */
export function base64(text) {
  try {
    const binary = atob(text);
    return btoa(binary) === text ? Uint8Array.from(binary, (letter) => letter.charCodeAt(0)) : null;
  } catch {
    return null;
  }
}

const encode = (bytes) => btoa(String.fromCharCode(...bytes));
const equal = (a, b) => a.length === b.length && a.every((byte, i) => byte === b[i]);

/** SHA-256(0x00 || line), RFC 9162 section 2.1.1. */
export const leafHash = (line) => sha256(join([0], utf8(line)));

/** The root that an inclusion proof leads to; null if the proof has another length than it must (RFC 9162 section 2.1.3.2). */
export async function rootOf(leaf, index, size, path) {
  if (index >= size) {
    return null;
  }
  let [fn, sn, root] = [index, size - 1n, leaf];
  for (const hash of path) {
    if (sn === 0n) {
      return null;
    }
    if (fn & 1n || fn === sn) {
      root = await node(hash, root);
      while (!(fn & 1n) && fn !== 0n) {
        fn >>= 1n;
        sn >>= 1n;
      }
    } else {
      root = await node(root, hash);
    }
    fn >>= 1n;
    sn >>= 1n;
  }
  return sn === 0n ? root : null;
}

/** A verifier key, <name>+<key id>+<Base64 of type and key>; null if it is none of Ed25519 with the right id. */
export async function verifierKey(text) {
  const [name, id, ...rest] = text.trim().split("+");
  const material = base64(rest.join("+"));
  if (!name || !/^[0-9a-f]{8}$/.test(id || "") || !material || material.length !== 1 + HASH_LENGTH
      || material[0] !== ED25519) {
    return null;
  }
  const hash = await sha256(join(utf8(name + "\n"), material));
  const bytes = hash.slice(0, 4);
  const right = id === [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return right ? { name, id: bytes, key: material.slice(1) } : null;
}

/** A checkpoint of a signed note; null if it is none. */
export function checkpoint(note) {
  const split = note.lastIndexOf("\n\n");
  const text = note.slice(0, split + 1);
  const lines = text.split("\n").slice(0, -1);
  const root = base64(lines[2] || "");
  if (split < 0 || !lines[0] || !/^(0|[1-9]\d{0,18})$/.test(lines[1] || "") || root?.length !== HASH_LENGTH) {
    return null;
  }
  const signatures = note.slice(split + 2).split("\n").filter((line) => line.startsWith("\u2014 ")).map((line) => {
    const [, name, signature] = line.split(" ");
    return { name, bytes: base64(signature || "") };
  });
  return { text, origin: lines[0], size: BigInt(lines[1]), root, more: lines.slice(3), signatures };
}

/** Whether the key signed the checkpoint; null if this browser knows no Ed25519. */
async function signed(parsed, key) {
  const fits = (each) => each.name === key.name && each.bytes?.length === 68 && equal(each.bytes.slice(0, 4), key.id);
  const signature = parsed.signatures.find(fits);
  if (!signature) {
    return false;
  }
  try {
    const imported = await crypto.subtle.importKey("raw", key.key, { name: "Ed25519" }, false, ["verify"]);
    return await crypto.subtle.verify({ name: "Ed25519" }, imported, signature.bytes.slice(4), utf8(parsed.text));
  } catch {
    return null;
  }
}

/** The parts of a proof file (C2SP tlog-proof); null if it is none. */
export function tlogProof(text) {
  const split = text.indexOf("\n\n");
  const lines = split < 0 ? [] : text.slice(0, split).split("\n");
  if (lines.shift() !== "c2sp.org/tlog-proof@v1") {
    return null;
  }
  if (lines[0]?.startsWith("extra ")) {
    lines.shift();
  }
  const index = /^index (0|[1-9]\d{0,18})$/.exec(lines.shift() || "");
  const path = lines.map(base64);
  if (!index || path.length > MAX_PATH || path.some((hash) => hash?.length !== HASH_LENGTH)) {
    return null;
  }
  return { index: BigInt(index[1]), path, checkpoint: text.slice(split + 2) };
}

/**
 * Checks a line against a proof file and a verifier key.
 *
 * @returns what was checked, one after the other; it is proven only if all are good
 */
export async function check(line, proofText, keyText) {
  const proof = tlogProof(proofText);
  if (!proof) {
    return [finding("The proof can be read", false, "this is no C2SP tlog-proof: expected c2sp.org/tlog-proof@v1 in its first line")];
  }
  const signedNote = checkpoint(proof.checkpoint);
  if (!signedNote) {
    return [finding("The checkpoint can be read", false, "what follows the proof's hashes is no checkpoint")];
  }
  const leaf = await leafHash(line);
  const root = await rootOf(leaf, proof.index, signedNote.size, proof.path);
  const included = root !== null && equal(root, signedNote.root);
  const findings = [
    finding("The line's hash", true, `SHA-256(0x00 || line) = ${encode(leaf)}`),
    finding("The hashes lead from the line to the checkpoint's root", included,
      root === null ? "the proof has the wrong number of hashes for this place in a tree of this size"
        : `${proof.path.length} hashes give ${encode(root)}, the checkpoint of ${signedNote.size} records says ${encode(signedNote.root)}`),
    finding("The line says the number that was proven", sequence(line) === proof.index,
      `the line says ${sequence(line) ?? "none"}, the proof is of ${proof.index}`)];
  return [...findings, ...await signature(signedNote, keyText)];
}

/** The number at the end of a line, as {@code ,"sequence":N}}} always stands there. */
function sequence(line) {
  const found = /,"sequence":(0|[1-9]\d{0,18})\}\}$/.exec(line);
  return found ? BigInt(found[1]) : null;
}

async function signature(parsed, keyText) {
  const key = await verifierKey(keyText || "");
  if (!key) {
    return [finding("The key can be read", false, "expected <name>+<8 hexadecimal digits>+<Base64>, as in key.pub")];
  }
  if (key.name !== parsed.origin) {
    return [finding("The checkpoint is of the key's log", false, `it is of ${parsed.origin}, the key of ${key.name}`)];
  }
  const good = await signed(parsed, key);
  return [finding("The key signed the checkpoint", good === true,
    good === null ? "this browser cannot check Ed25519 signatures: use certrail check, or a newer browser"
      : good ? `Ed25519, ${key.name}` : "no signature of this key, or not of this text")];
}
