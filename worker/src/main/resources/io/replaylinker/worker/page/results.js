// Results for an event, a replay, a trace or an issue, as elements.

import { ask, count, el, figure, inSentry, length, onwards, time } from "./dom.js";
import { REASONS, shown } from "./names.js";
import { timeline } from "./timeline.js";
import { tree } from "./tree.js";

function link(kind, id, text = id) {
  return el("a", { class: "id", href: "/?kind=" + kind + "&q=" + encodeURIComponent(id) }, String(text));
}

/** A line of text with its ids as links. */
export function line(text) {
  return el("li", {}, ...text.trim().split(/([0-9a-f]{32})/).map((part, i) =>
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

/** The results of one kind, with links to more. */
function heading(kind, id, address) {
  return el("div", { class: "named" }, el("h2", {}, kind + " ", el("span", { class: "id" }, String(id))),
    onwards(address, String(id), kind.toLowerCase() + " " + id));
}

/** A button that adds the next page below the ones that are there. */
function pages(result, query, add) {
  let after = result.answer.next;
  const button = el("button", { type: "button", class: "quiet" }, "Show more");
  const problem = el("p", { class: "notice bad", role: "alert", hidden: true });
  button.hidden = after === null;
  button.addEventListener("click", async () => {
    button.disabled = true;
    try {
      const answer = await ask("/api/search", { q: query, kind: result.question, after });
      const page = answer.results.find((one) => one.status === "found");
      if (!page) {
        throw new Error(answer.problem ?? "there is no more of it");
      }
      add(page.answer);
      after = page.answer.next;
      button.hidden = after === null;
      problem.hidden = true;
    } catch (failure) {
      problem.textContent = "More could not be loaded: " + failure.message + ".";
      problem.hidden = false;
    } finally {
      button.disabled = false;
    }
  });
  return [problem, button];
}

function replayResult(query, result, event) {
  const { replay } = result.answer;
  return [heading("Replay", replay.replay_id, replay.sentry_url), replayFacts(replay), ...timeline(result, query, event)];
}

function eventResult(query, result) {
  const { answer } = result;
  const event = answer.links[0] ?? answer.outcomes[0];
  const linked = answer.links.length > 0;
  return [
    heading("Event", shown(answer.event_id), linked ? event.sentry_url : null),
    linked ? null : el("p", { class: "notice warn" }, "It has no replay."),
    el("ul", { class: "lines" }, ...result.why.map((text) => line(text.replace(/^Event [0-9a-f]+ of/, "Of")))),
    event && event.trace_id ? el("p", { class: "named" }, el("span", {}, "Trace ", link("trace", event.trace_id)),
      inSentry(event.sentry_trace_url, "Trace " + event.trace_id)) : null,
    event && event.issue ? el("p", { class: "named" }, el("span", {}, "Issue ", link("issue", event.issue)),
      inSentry(event.sentry_issue_url, "Issue " + event.issue)) : null,
    linked && event.sentry_replay_url ? el("p", { class: "named" }, el("span", {}, "Replay at the moment of the event"),
      inSentry(event.sentry_replay_url, "Replay at the moment of the event")) : null,
    linked ? null : el("div", { class: "live" }),
  ];
}

/** A replay with its first events of a trace. */
function onTrace(replay) {
  const rest = replay.events - replay.first_events.length;
  return [
    el("div", { class: "named" }, el("h3", {}, "Replay ", link("replay", replay.replay_id)),
      inSentry(replay.sentry_url, "Replay " + replay.replay_id)),
    replayFacts(replay),
    ...timeline({ answer: { replay, events: replay.first_events, next: null } }, ""),
    rest > 0 ? el("p", { class: "muted" }, "These are the first of its " + count(replay.events) + " events on the trace. ",
      link("replay", replay.replay_id, "All events of the replay")) : null,
  ];
}

function traceResult(query, result) {
  const { answer } = result;
  const place = el("div", { class: "result" }, ...answer.replays.flatMap(onTrace).filter(Boolean));
  return [heading("Trace", answer.trace_id, answer.sentry_url), place,
    ...pages(result, answer.trace_id, (page) => place.append(...page.replays.flatMap(onTrace).filter(Boolean)))];
}

function replayRow(replay) {
  return el("tr", {},
    el("td", {}, time(replay.started_at)), el("td", { class: "number" }, length(replay.length_ms)),
    el("td", { class: "number" }, count(replay.events)), el("td", { class: "number" }, count(replay.backend_errors)),
    el("td", {}, replay.worst_level ?? "–"),
    el("td", { class: "whole" }, link("replay", replay.replay_id), " ", inSentry(replay.sentry_url, "Replay " + replay.replay_id)));
}

/** The head of a table: of each column its name, and its look where it has one. */
function headOf(columns) {
  return el("thead", {}, el("tr", {}, ...columns.map(([name, look]) => el("th", { scope: "col", class: look }, name))));
}

/** A table of replays, and its body, where more go. */
function replayTable(replays) {
  const head = [["started (UTC)"], ["length", "number"], ["events", "number"], ["backend errors", "number"], ["worst"], ["replay"]];
  const rows = el("tbody", {}, ...replays.map(replayRow));
  return [el("table", { class: "events" },
    headOf(head), rows), rows];
}

/** The replays of an issue or a transaction. */
function replaysResult(title, query, result, notice = null) {
  const [table, rows] = replayTable(result.answer.replays);
  return [heading(title, query, result.answer.sentry_url), notice, table,
    ...pages(result, query, (page) => rows.append(...page.replays.map(replayRow)))];
}

/** With what became of the issue after its errors were received. */
function issueResult(query, result) {
  const { answer } = result;
  if (answer.deleted) {
    return [heading("Issue", query), el("p", { class: "notice warn" }, "It was deleted in Sentry, or merged into one that was.")];
  }
  const merged = answer.merged_into === null ? null
    : el("p", { class: "notice warn" }, "It was merged into issue ", link("issue", answer.merged_into), ", whose replays these are.");
  return replaysResult("Issue", query, result, merged);
}

/** Lists of replays for a page without a search. */
export function lists({ recent, worst }, past) {
  const list = (title, replays, none) => el("div", { class: "list" }, el("h3", {}, title),
    replays.length === 0 ? el("p", { class: "muted" }, none) : replayTable(replays)[0]);
  return [list("Newest", recent, "There are no replays yet."),
    list("Most backend errors, last " + past, worst, "No replay of this time has a backend error.")];
}

function candidates(result) {
  return [el("h2", {}, result.question === "transaction" ? "Transactions that contain this text" : "Several " + result.question + "s begin like that"),
    el("ul", { class: "candidates" }, ...result.candidates.map((id) => el("li", {}, link(result.question, id))))];
}

/** A replay that is known from events alone. */
function unseenReplay(query, result) {
  const head = [["received (UTC)"], ["what"], ["project"], ["outcome"], ["event"]];
  const named = [...new Set(result.named_by.map((event) => event.claimed_replay_id).filter((id) => id !== null && id.startsWith(query)))];
  return [heading("Replay", named.length === 1 ? named[0] : query),
    el("p", { class: "notice warn" }, "No segment of this replay was seen, or all of it has expired. "
      + (result.named_by.length === 1 ? "One event names it." : figure(result.named_by.length) + " events name it.")),
    el("table", { class: "events" },
      headOf(head),
      el("tbody", {}, ...result.named_by.map((event) => el("tr", {},
        el("td", {}, time(event.received_at)), el("td", {}, event.origin + " " + event.kind),
        el("td", {}, el("span", { class: "muted" }, "project "), String(event.project_id)),
        el("td", {}, event.outcome === "LINKED" ? "linked" : (REASONS[event.outcome] ?? [event.outcome.toLowerCase().replaceAll("_", " ")])[0]),
        el("td", { class: "whole" }, link("event", event.event_id, shown(event.event_id))))))),
    el("div", { class: "live" })];
}

/** The class and the text of an error; empty if it has neither. */
function titleOf(error) {
  return [error.type, error.value].filter(Boolean).join(": ");
}

function place(frame) {
  return [frame.function === "?" ? "" : frame.function, frame.file + (frame.line === null ? "" : ":" + frame.line)]
    .filter(Boolean).join(" in ");
}

/** What an error is. All of it comes from the program that sent it, and is shown as text. */
function errorResult(query, result) {
  const { answer } = result;
  return [
    heading("Error", shown(answer.event_id), answer.sentry_url),
    el("p", { class: "notice bad" }, titleOf(answer) || "It has no message."),
    facts([
      ["happened", time(answer.happened_at) + " UTC"],
      ["level", [answer.level, answer.handled === null ? null : answer.handled ? "handled" : "not handled"].filter(Boolean).join(", ")],
      ["transaction", answer.transaction],
      ["culprit", answer.culprit],
      ["project", String(answer.project_id)],
      ["release", answer.release],
      ["environment", answer.environment],
      ["platform", answer.platform],
    ]),
    answer.frames.length === 0 ? null : el("details", { open: "" }, el("summary", {}, "Stack, the newest call first"),
      el("ol", { class: "stack" }, ...answer.frames.map((frame) => el("li", { class: frame.in_app ? "" : "muted" }, place(frame) || "unknown")))),
  ];
}

function treeResult(query, result) {
  return result.answer.traces.flatMap((trace) => [heading("Tree of trace", trace.trace_id, trace.sentry_url), ...tree(trace)]);
}

function issuesResult(query, result) {
  const head = [["latest (UTC)"], ["issue"], ["errors", "number"], ["replays", "number"], ["what"]];
  return [el("h2", {}, "Issues that contain this text"),
    el("table", { class: "events" },
      headOf(head),
      el("tbody", {}, ...result.answer.issues.map((issue) => el("tr", {},
        el("td", {}, time(issue.last_seen_at)),
        el("td", { class: "whole" }, link("issue", issue.issue), " ", inSentry(issue.sentry_url, "Issue " + issue.issue)),
        el("td", { class: "number" }, count(issue.errors)), el("td", { class: "number" }, count(issue.replays)),
        el("td", { class: "whole" }, link("event", issue.latest_event_id, titleOf(issue) || "no message"))))))];
}

const FOUND = { event: eventResult, replay: replayResult, trace: traceResult, error: errorResult, tree: treeResult, issues: issuesResult,
  issue: issueResult,
  transaction: (query, result) => replaysResult("Transaction", query, result) };

/**
 * One result.
 *
 * @param query the requested id, or its first digits
 * @param event that was found with this replay; null for none
 */
export function article(query, result, event = null) {
  const parts = result.status === "ambiguous" ? candidates(result)
    : result.status === "unknown" ? unseenReplay(query, result) : FOUND[result.question](query, result, event);
  return el("article", { class: "result" }, ...parts.filter(Boolean));
}
