// The search: an id of anything, and what is known of it.

import { ask, byId, el, length, say, time } from "./dom.js";
import { timeline } from "./timeline.js";

const WHOLE = 32;

function digits(text) {
  return text.replace(/[\s-]/g, "").toLowerCase();
}

function link(kind, id, words = id) {
  return el("a", { class: "id", href: "/?kind=" + kind + "&q=" + encodeURIComponent(id) }, String(words));
}

/** Room for a drawing. */
function room() {
  return Math.max(280, byId("main").clientWidth - 40);
}

/** A line of words with its ids as links. */
function words(line) {
  return el("li", {}, ...line.trim().split(/([0-9a-f]{32})/).map((part, i) =>
    i % 2 === 0 ? part : el("a", { class: "id", href: "/?q=" + part }, part)));
}

function facts(pairs) {
  return el("dl", { class: "facts" }, ...pairs.filter(([, value]) => value !== null && value !== undefined && value !== "")
    .map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", {}, value))));
}

function replayFacts(replay) {
  return facts([
    ["started", time(replay.started_at) + " UTC"],
    ["length", replay.length_ms === null ? "no segment has arrived yet" : length(replay.length_ms)],
    ["segments", String(replay.segments)],
    ["project", String(replay.project_id)],
    ["organization", replay.organization_id === 0 ? "unknown" : String(replay.organization_id)],
    ["kind", [replay.type, replay.platform].filter(Boolean).join(", ")],
    ["release", replay.release],
    ["environment", replay.environment],
  ]);
}

function heading(kind, id) {
  return el("h2", {}, kind + " ", el("span", { class: "id" }, String(id)));
}

function more(query, kind, result) {
  if (!result.answer.next) {
    return null;
  }
  const button = el("button", { type: "button", class: "quiet" }, "Show more");
  button.addEventListener("click", () => search(query, kind, result.answer.next));
  return button;
}

function replayResult(query, result, wanted) {
  const { replay, events } = result.answer;
  return [heading("Replay", replay.replay_id), replayFacts(replay), ...timeline(replay, events, wanted, room()),
    more(replay.replay_id, "replay", result)];
}

function eventResult(query, result) {
  const { answer } = result;
  const event = answer.links[0] ?? answer.outcomes[0];
  const linked = answer.links.length > 0;
  return [
    heading("Event", answer.event_id),
    linked ? null : el("p", { class: "notice warn" }, "It has no replay."),
    el("ul", { class: "lines" }, ...result.why.map((line) => words(line.replace(/^Event [0-9a-f]{32} of/, "Of")))),
    event && event.trace_id ? el("p", {}, "Trace ", link("trace", event.trace_id),
      event.issue ? el("span", {}, ", issue ", link("issue", event.issue)) : null) : null,
    linked ? null : el("div", { class: "live" }),
  ];
}

function traceResult(query, result) {
  return [heading("Trace", result.answer.trace_id),
    ...result.answer.replays.flatMap((replay) => [
      el("h3", {}, "Replay ", link("replay", replay.replay_id)), replayFacts(replay),
      ...timeline(replay, replay.first_events, "", room())]),
    more(result.answer.trace_id, "trace", result)];
}

function issueResult(query, result) {
  const head = [["started (UTC)"], ["length", "number"], ["events", "number"], ["backend errors", "number"], ["worst"], ["replay"]];
  return [heading("Issue", query),
    result.answer.replays.length === 0 ? el("p", {}, "No more replays.") : el("table", { class: "events" },
      el("thead", {}, el("tr", {}, ...head.map(([name, look]) => el("th", { scope: "col", class: look }, name)))),
      el("tbody", {}, ...result.answer.replays.map((replay) => el("tr", {},
        el("td", {}, time(replay.started_at)), el("td", { class: "number" }, length(replay.length_ms)),
        el("td", { class: "number" }, String(replay.events)), el("td", { class: "number" }, String(replay.backend_errors)),
        el("td", {}, replay.worst_level ?? "–"),
        el("td", { class: "whole" }, link("replay", replay.replay_id)))))),
    more(query, "issue", result)];
}

function candidates(result) {
  return [el("h2", {}, "Several " + result.question + "s begin like that"),
    el("ul", { class: "candidates" }, ...result.candidates.map((id) => el("li", {}, link(result.question, id))))];
}

const FOUND = { event: eventResult, replay: replayResult, trace: traceResult, issue: issueResult };

function article(query, result, wanted) {
  const parts = result.status === "ambiguous" ? candidates(result) : FOUND[result.question](query, result, wanted);
  return el("article", { class: "result" }, ...parts.filter(Boolean));
}

/** What the running join knows of an event that the tables have no link for; it may still wait. */
async function live(place, id) {
  try {
    const answer = await ask("/api/why", { q: id });
    if (answer.problem !== null) {
      throw new Error(answer.problem);
    }
    if (answer.explanations.length === 0) {
      place.replaceChildren(el("p", { class: "muted" }, "The running join has no such event either: it is not waiting."));
      return false;
    }
    place.replaceChildren(el("h3", {}, "What the running join knows of it"),
      ...answer.explanations.map((one) => el("ul", { class: "lines" }, ...one.lines.map(words))));
    return true;
  } catch (problem) {
    place.replaceChildren(el("p", { class: "muted" }, "The running join cannot be asked: " + problem.message + "."));
    return false;
  }
}

function fresh(results) {
  const newest = results.map((result) => result.freshness).find((one) => one && one.age_ms !== null);
  return newest ? "The newest record in the tables is " + length(newest.age_ms) + " old." : "";
}

function summary(query, found, problem) {
  if (problem !== null) {
    return "The tables cannot be asked.";
  }
  return found.length === 0
    ? "Nothing is known of " + query + "."
    : "Found: " + found.map((result) => result.question).join(", ") + ".";
}

let latest = 0;

function close() {
  byId("results").hidden = true;
  byId("results").replaceChildren();
  history.pushState(null, "", "/");
  document.title = "replay-linker";
  byId("q").value = "";
  byId("q").focus();
}

function show(title, ...parts) {
  const button = el("button", { type: "button", class: "quiet" }, "Close");
  button.addEventListener("click", close);
  byId("results").replaceChildren(el("div", { class: "title" }, el("p", { class: "muted" }, title), button), ...parts.filter(Boolean));
  byId("results").hidden = false;
}

/** Nothing in the tables: the join may have it, and else there are reasons to name. */
async function unknown(query, kind, mine) {
  const place = el("div", { class: "live" });
  show("Search", el("p", { class: "notice warn" }, "Nothing is known of " + query + " in the tables."), place);
  const isEvent = /^[0-9a-f]{8,32}$/.test(digits(query)) && (kind === null || kind === "event");
  if (isEvent && !(await live(place, query)) && mine === latest) {
    place.append(el("p", { class: "muted" },
      "An event stands in the tables when it claimed a replay or got one. Others have no row, and rows expire: events without a link after 14 days."));
  }
}

/** Asks for an id and shows the answer in place of the one before. */
export async function search(query, kind = null, after = null) {
  const mine = ++latest;
  const parameters = { q: query, ...(kind ? { kind } : {}), ...(after ? { after } : {}) };
  document.title = query + " – replay-linker";
  byId("q").value = query;
  show("Searching …");
  let answer;
  try {
    answer = await ask("/api/search", parameters);
  } catch (problem) {
    if (mine === latest) {
      show("Search", el("p", { class: "notice bad" }, problem.message));
      say(byId("announce"), problem.message);
    }
    return;
  }
  if (mine !== latest) {
    return;
  }
  const found = answer.results.filter((result) => result.status !== "unknown");
  say(byId("announce"), summary(query, found, answer.problem));
  if (found.length === 0 && answer.problem === null) {
    await unknown(query, kind, mine);
    return;
  }
  const id = digits(query);
  show(fresh(answer.results) || "Search",
    answer.problem === null ? null : el("p", { class: "notice bad" }, "The tables cannot be asked: " + answer.problem),
    ...found.map((result) => article(query, result, id)));
  const place = byId("results").querySelector(".live");
  if (place) {
    await live(place, id.length <= WHOLE ? id : query);
  } else if (answer.problem !== null && id.length >= 8) {
    const beside = el("div", { class: "live" });
    byId("results").append(beside);
    await live(beside, id);
  }
}

/** Shows what the address says: an answer when it has a question, none when it has none. */
function follow() {
  const address = new URLSearchParams(location.search);
  const query = (address.get("q") ?? "").trim();
  if (query === "") {
    byId("results").hidden = true;
  } else {
    search(query, address.get("kind"));
  }
}

/** Listens to the form, to links between answers, to the browser's way back, and to the key /. */
export function listen() {
  byId("search").addEventListener("submit", (event) => {
    event.preventDefault();
    const query = byId("q").value.trim();
    if (query !== "") {
      history.pushState(null, "", "/?q=" + encodeURIComponent(query));
      search(query);
    }
  });
  byId("results").addEventListener("click", (event) => {
    const to = event.target.closest("a[href^='/?']");
    if (to && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      history.pushState(null, "", to.getAttribute("href"));
      follow();
      byId("q").focus();
      scrollTo({ top: 0 });
    }
  });
  addEventListener("popstate", follow);
  addEventListener("keydown", (event) => {
    if (event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && event.target.tagName !== "INPUT") {
      event.preventDefault();
      byId("q").select();
      byId("q").focus();
    }
  });
  follow();
}
