/* The console: from the address to a view. Every view is a function of its address, so that each can be linked to. */
import { json } from "./api.js";
import { certificatesView, certificateView } from "./certificates.js";
import { el, foreign } from "./dom.js";
import { liveView } from "./live.js";
import { overviewView } from "./overview.js";
import { checkView, recordView } from "./record.js";
import { searchView } from "./search.js";
import { connectionView, requestView } from "./story.js";
import { problemOf } from "./trouble.js";

/** Addresses, after the #; names in braces are handed to the view. */
const ROUTES = [
  ["/", "Overview", overviewView],
  ["/records", "Search", searchView],
  ["/records/{sequence}", "Record", recordView],
  ["/connections/{id}", "Connection", connectionView],
  ["/requests/{id}", "Request", requestView],
  ["/certificates", "Certificates", certificatesView],
  ["/certificates/{sha256}", "Certificate", certificateView],
  ["/live", "Live", liveView],
  ["/check", "Check a proof", checkView],
].map(([route, title, view]) => ({
  title, view, pattern: new RegExp(`^${route.replace(/\{(\w+)\}/g, "(?<$1>[^/]+)")}$`) }));

const main = document.getElementById("main");
let showing = new AbortController();
let shown = false;

async function show() {
  showing.abort();
  showing = new AbortController();
  const { signal } = showing;
  const [route, query = ""] = (location.hash.slice(1) || "/").split("?", 2);
  const found = ROUTES.map((each) => ({ ...each, match: each.pattern.exec(route) })).find((each) => each.match);
  mark(route);
  main.setAttribute("aria-busy", "true");
  const content = found ? await contentOf(found, query, signal) : [el("h1", {}, "No such page")];
  if (!signal.aborted) {
    main.replaceChildren(...[content].flat());
    main.removeAttribute("aria-busy");
    document.title = `${found ? found.title : "No such page"} – Certrail`;
    if (shown) { // a page that was just opened is read from its begin
      main.focus({ preventScroll: true });
    }
    shown = true;
  }
}

async function contentOf({ match, view }, query, signal) {
  try {
    const names = Object.fromEntries(Object.entries(match.groups || {}).map(([name, value]) => [name, decodeURIComponent(value)]));
    return await view(names, new URLSearchParams(query), { signal });
  } catch (error) {
    return signal.aborted ? [] : trouble(error);
  }
}

const trouble = (error) => [el("h1", {}, "That did not work"), problemOf(error),
  el("p", {}, el("button", { type: "button", onclick: show }, "Try again"))];

function mark(route) {
  for (const each of document.querySelectorAll("header nav a")) {
    const target = each.getAttribute("href").slice(1);
    const here = target === "/" ? route === "/" : route.startsWith(target);
    here ? each.setAttribute("aria-current", "page") : each.removeAttribute("aria-current");
  }
}

async function greet() {
  try {
    const me = await json("api/whoami");
    const subject = me.certificate?.subject || me.user?.name || "";
    document.getElementById("who").replaceChildren(foreign(subject));
  } catch {
    // the view says what is wrong
  }
}

addEventListener("hashchange", show);
greet();
show();
