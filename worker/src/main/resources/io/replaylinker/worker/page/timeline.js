// A replay's events over its life, as marks, and as a table with everything that is known.

import { el, inSentry, length, offset, svg } from "./dom.js";
import { by, shown } from "./names.js";

const HEIGHT = 92;
const MARGIN = 12;
const TICK_ROOM = 105;

/** What kind of thing an event is, for its color and its name. */
function kind(event) {
  if (event.kind.endsWith(" call")) {
    return { look: "call", name: event.status && event.status !== "ok" ? "call " + event.status : "call" };
  }
  const level = event.level ?? event.type ?? "event";
  const look = level === "fatal" || level === "error" ? "error" : level === "warning" ? "warning" : "other";
  return { look, name: level };
}

/** Round steps of time, as many as there is room for. */
function ticks(from, to, most) {
  const steps = [100, 250, 500, 1000, 2000, 5000, 10000, 15000, 30000, 60000, 120000, 300000, 600000, 1800000, 3600000];
  const step = steps.find((one) => (to - from) / one <= most) ?? Math.ceil((to - from) / most);
  const found = [];
  for (let at = Math.ceil(from / step) * step; at <= to; at += step) {
    found.push(at);
  }
  return found;
}

function place(from, to, width) {
  return (ms) => MARGIN + ((ms - from) / Math.max(1, to - from)) * (width - 2 * MARGIN);
}

/** Marks of one row that would hide each other go below each other, as far as there is room. */
function lanes(events, x) {
  const ends = { call: [], rest: [] };
  return events.map((event) => {
    const own = kind(event).look === "call" ? ends.call : ends.rest;
    const at = x(event.offset_ms);
    let lane = own.findIndex((end) => end <= at);
    if (lane < 0) {
      lane = own.length < 2 ? own.length : 0;
    }
    own[lane] = at + 13;
    return { event, at, lane };
  });
}

function mark({ event, at, lane }, wanted) {
  const { look, name } = kind(event);
  const title = svg("title", {}, offset(event.offset_ms) + " " + name + " " + (event.transaction ?? ""));
  const marked = look + (event.event_id.startsWith(wanted) && wanted !== "" ? " wanted" : "");
  return look === "call"
    ? svg("rect", { class: marked, x: at - 4.5, y: 50 - lane * 11, width: 9, height: 9, rx: 1.5 }, title)
    : svg("circle", { class: marked, cx: at, cy: 20 + lane * 12, r: 5.5 }, title);
}

function drawing(replay, events, wanted, width) {
  const offsets = events.map((event) => event.offset_ms);
  const end = Math.max(replay.length_ms ?? 0, ...offsets, 1000);
  const from = Math.min(0, ...offsets);
  const pad = (end - from) * 0.02;
  const x = place(from - pad, end + pad, width);
  const words = "Time line of " + events.length + " events from " + offset(from) + " to " + offset(end) + "; the table has them all";
  return svg("svg", { class: "timeline", viewBox: `0 0 ${width} ${HEIGHT}`, role: "img", "aria-label": words },
    svg("rect", { class: "life", x: x(0), y: 8, width: Math.max(2, x(replay.length_ms ?? 0) - x(0)), height: 58, rx: 5 }),
    ...ticks(from, end, Math.max(2, Math.floor(width / TICK_ROOM))).map((at) => svg("g", {},
      svg("line", { class: "tick", x1: x(at), x2: x(at), y1: 66, y2: 71 }),
      svg("text", { x: x(at), y: 85, "text-anchor": "middle" }, at === 0 ? "start" : (at < 0 ? "−" : "+") + length(Math.abs(at))))),
    ...lanes(events, x).map((one) => mark(one, wanted)));
}

function row(event, wanted) {
  const { look, name } = kind(event);
  const own = wanted !== "" && event.event_id.startsWith(wanted);
  return el("tr", { class: own ? "wanted" : null },
    el("td", { class: "number" }, offset(event.offset_ms)),
    el("td", {}, el("span", { class: "badge " + look }, name), event.in_session ? null : " outside the session"),
    el("td", { class: "where" }, event.transaction ?? "–"),
    el("td", { class: "number" }, event.duration_ms === null ? "" : event.duration_ms + " ms"),
    el("td", {}, el("span", { class: "muted" }, "project "), String(event.project_id)),
    el("td", {}, by(event.method) + " " + event.confidence.toFixed(2)),
    el("td", { class: "whole" }, el("a", { class: "id", href: "/?kind=event&q=" + event.event_id }, shown(event.event_id)), " ",
      inSentry(event.sentry_replay_url, "Replay at " + offset(event.offset_ms))));
}

/**
 * The marks and the table.
 *
 * @param wanted what the id of the event that was asked for begins with; empty for none
 * @param width of the place, in pixels
 */
export function timeline(replay, events, wanted, width) {
  if (events.length === 0) {
    return [el("p", { class: "muted" }, replay.deleted ? "A user deleted this replay, so its events are not told." : "No events are linked to it.")];
  }
  const head = ["offset", "what", "where", "took", "project", "linked", "event"];
  return [
    drawing(replay, events, wanted, width),
    el("table", { class: "events" },
      el("thead", {}, el("tr", {}, ...head.map((name) =>
        el("th", { scope: "col", class: name === "offset" || name === "took" ? "number" : null }, name)))),
      el("tbody", {}, ...events.map((event) => row(event, wanted)))),
  ];
}
