// What is known of an event, a replay, a trace or an issue, as elements.

import { byId, el, inSentry, length, onwards, time } from "./dom.js";
import { shown } from "./names.js";
import { timeline } from "./timeline.js";

function link(kind, id, words = id) {
  return el("a", { class: "id", href: "/?kind=" + kind + "&q=" + encodeURIComponent(id) }, String(words));
}

/** Room for a drawing. */
function room() {
  return Math.max(280, byId("main").clientWidth - 40);
}

/** A line of words with its ids as links. */
export function words(line) {
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

/** What was found, by its kind, with the way on. */
function heading(kind, id, address) {
  return el("div", { class: "named" }, el("h2", {}, kind + " ", el("span", { class: "id" }, String(id))),
    onwards(address, String(id), kind.toLowerCase() + " " + id));
}

function more(result, id, next) {
  if (!result.answer.next) {
    return null;
  }
  const button = el("button", { type: "button", class: "quiet" }, "Show more");
  button.addEventListener("click", () => next(id, result.question, result.answer.next));
  return button;
}

function replayResult(query, result, next) {
  const { replay, events } = result.answer;
  return [heading("Replay", replay.replay_id, replay.sentry_url), replayFacts(replay), ...timeline(replay, events, query, room()),
    more(result, replay.replay_id, next)];
}

function eventResult(query, result) {
  const { answer } = result;
  const event = answer.links[0] ?? answer.outcomes[0];
  const linked = answer.links.length > 0;
  return [
    heading("Event", shown(answer.event_id), linked ? event.sentry_url : null),
    linked ? null : el("p", { class: "notice warn" }, "It has no replay."),
    el("ul", { class: "lines" }, ...result.why.map((line) => words(line.replace(/^Event [0-9a-f]+ of/, "Of")))),
    event && event.trace_id ? el("p", { class: "named" }, el("span", {}, "Trace ", link("trace", event.trace_id)),
      inSentry(event.sentry_trace_url, "Trace " + event.trace_id)) : null,
    event && event.issue ? el("p", { class: "named" }, el("span", {}, "Issue ", link("issue", event.issue)),
      inSentry(event.sentry_issue_url, "Issue " + event.issue)) : null,
    linked && event.sentry_replay_url ? el("p", { class: "named" }, el("span", {}, "Replay at the moment of the event"),
      inSentry(event.sentry_replay_url, "Replay at the moment of the event")) : null,
    linked ? null : el("div", { class: "live" }),
  ];
}

function traceResult(query, result, next) {
  return [heading("Trace", result.answer.trace_id, result.answer.sentry_url),
    ...result.answer.replays.flatMap((replay) => [
      el("div", { class: "named" }, el("h3", {}, "Replay ", link("replay", replay.replay_id)),
        inSentry(replay.sentry_url, "Replay " + replay.replay_id)), replayFacts(replay),
      ...timeline(replay, replay.first_events, "", room())]),
    more(result, result.answer.trace_id, next)];
}

function issueResult(query, result, next) {
  const head = [["started (UTC)"], ["length", "number"], ["events", "number"], ["backend errors", "number"], ["worst"], ["replay"]];
  return [heading("Issue", query, result.answer.sentry_url),
    result.answer.replays.length === 0 ? el("p", {}, "No more replays.") : el("table", { class: "events" },
      el("thead", {}, el("tr", {}, ...head.map(([name, look]) => el("th", { scope: "col", class: look }, name)))),
      el("tbody", {}, ...result.answer.replays.map((replay) => el("tr", {},
        el("td", {}, time(replay.started_at)), el("td", { class: "number" }, length(replay.length_ms)),
        el("td", { class: "number" }, String(replay.events)), el("td", { class: "number" }, String(replay.backend_errors)),
        el("td", {}, replay.worst_level ?? "–"),
        el("td", { class: "whole" }, link("replay", replay.replay_id), " ", inSentry(replay.sentry_url, "Replay " + replay.replay_id)))))),
    more(result, query, next)];
}

function candidates(result) {
  return [el("h2", {}, "Several " + result.question + "s begin like that"),
    el("ul", { class: "candidates" }, ...result.candidates.map((id) => el("li", {}, link(result.question, id))))];
}

const FOUND = { event: eventResult, replay: replayResult, trace: traceResult, issue: issueResult };

/**
 * One result.
 *
 * @param query the id, or the first digits of it, that was asked for
 * @param next asks for the page after, by id, kind and where this one ended
 */
export function article(query, result, next) {
  const parts = result.status === "ambiguous" ? candidates(result) : FOUND[result.question](query, result, next);
  return el("article", { class: "result" }, ...parts.filter(Boolean));
}
