/*
 * Makes elements. Text goes in as text only, never as markup, so that no name from the network can become anything but
 * letters; characters that a reader cannot see or that turn the writing direction are shown as their escapes.
 */

/** C0 and C1 controls, soft hyphen, zero width, line separators, bidirectional marks, tags: what could fool a reader. */
const UNSEEN = /[\u0000-\u001f\u007f-\u00a0\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]|\udb40[\udc00-\udfff]/g;

/** The text, with what cannot be seen written as \uXXXX. */
export function visible(text) {
  return String(text).replace(UNSEEN, (found) =>
    [...Array(found.length).keys()].map((i) => "\\u" + found.charCodeAt(i).toString(16).padStart(4, "0")).join(""));
}

/**
 * An element. Attributes are set as they are named; `on…` are listeners; null and false are left out. Children are
 * elements, or text, which is shown as `visible` gives it.
 */
export function el(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) {
      element.addEventListener(key.slice(2), value);
    } else if (value !== null && value !== undefined && value !== false) {
      element.setAttribute(key, value === true ? "" : value);
    }
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined)
    .map((child) => child instanceof Node ? child : document.createTextNode(visible(child))));
  return element;
}

/** Text from the network: isolated, so that its direction stays within it. */
export const foreign = (text) => el("bdi", { class: "foreign" }, text);

/** A link within the console. */
export const link = (hash, ...children) => el("a", { href: hash }, ...children);

/** A table that can be scrolled by keyboard where it is wider than the screen. */
export function table(caption, heads, rows) {
  return el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": caption },
    el("table", {},
      el("caption", {}, caption),
      el("thead", {}, el("tr", {}, heads.map((head) => el("th", { scope: "col" }, head)))),
      el("tbody", {}, rows.map((cells) => el("tr", {}, cells.map((cell) => el("td", {}, ...[cell].flat())))))));
}

/** A list of names and values; values that are not known are left out. */
export function facts(pairs) {
  return el("dl", { class: "facts" }, pairs.filter(([, value]) => value !== undefined && value !== null && value !== "")
    .map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", {}, ...[value].flat()))));
}

/** Hands a file to the browser's downloads. */
export function download(name, type, text) {
  const url = URL.createObjectURL(new Blob([text], { type }));
  el("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}

/** Tells the reader, and who listens instead of looking. */
export function tell(text) {
  document.getElementById("told").textContent = visible(text);
}
