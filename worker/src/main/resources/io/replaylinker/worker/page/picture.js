// The way of a record with live rates on its arrows: as a drawing, and as a table for small screens and screen readers.

import { count, el, rate, svg } from "./dom.js";

const ROW = 46;
const TOP = 12;

/** The sink of the nodes of traces; they have no topic where none are kept. */
const NODES = "trace-nodes";

/** Reads counters by group and, where there is one, by label. */
export class Meters {
  constructor(readings) {
    this.readings = readings;
  }

  sum(group, ...labels) {
    const sum = { total: 0, rate: 0 };
    for (const reading of this.readings) {
      if (reading.group === group && (labels.length === 0 || labels.includes(reading.label ?? ""))) {
        sum.total += reading.total;
        sum.rate += reading.per_second;
      }
    }
    return sum;
  }
}

function plus(a, b) {
  return { total: a.total + b.total, rate: a.rate + b.rate };
}

/** What a worker without a join does. */
function sinksOnly(topics, meters) {
  const names = [[topics.links, "links"], [topics.unlinked, "unlinked"], [topics.states, "states"],
    [topics.trace_nodes, NODES]].filter(([name]) => name !== null);
  const height = names.length * ROW;
  const boxes = [{ kind: "server", x: 620, y: TOP, width: 140, height, title: "ClickHouse" }];
  const arrows = names.map(([name, sink], i) => {
    const y = TOP + ROW * (i + 0.5);
    boxes.push({ kind: "topic", x: 0, y: y - 17, width: 240, height: 34, title: name });
    return { from: name, to: "ClickHouse", points: [[240, y], [620, y]], meter: meters.sum("sink_rows", sink) };
  });
  return { boxes, arrows, width: 1396, height: TOP + height + 10 };
}

/** Boxes and the arrows between them, in places that leave every arrow straight. */
function layout(topics, meters) {
  const events = [...topics.events, ...topics.spans];
  const eventsHeight = Math.max(3, events.length) * ROW;
  const replaysTop = TOP + eventsHeight + 20;
  const replaysHeight = Math.max(2.6, topics.replays.length) * ROW;
  const bottom = replaysTop + replaysHeight;
  const byId = TOP + 20;
  const toChoose = TOP + 66;
  const toTrace = TOP + eventsHeight - 18;
  const seenTrace = replaysTop + 22;
  const seenEvent = replaysTop + 68;
  const seenReplay = bottom - 14;
  const resolveTop = toTrace - 26;
  const resolveBottom = seenTrace + 24;
  const chooseTop = toChoose - 24;
  const between = (toTrace + seenTrace) / 2;
  const boxes = [];
  const arrows = [];
  const box = (kind, x, y, width, height, title, small) => boxes.push({ kind, x, y, width, height, title, small });
  const arrow = (from, to, points, meter, below = true) => arrows.push({ from, to, points, meter, below });

  const source = (names, top, height) => names.forEach((name, i) => {
    const y = top + (height / names.length) * (i + 0.5);
    box("topic", 0, y - 17, 172, 34, name);
    arrow(name, "decode", [[172, y], [252, y]], meters.sum("records", name));
  });
  source(events, TOP, eventsHeight);
  source(topics.replays, replaysTop, replaysHeight);

  box("box", 252, TOP, 92, bottom - TOP, "decode");
  box("box", 420, TOP, 92, eventsHeight, "claim", "its evidence");
  box("box", 420, replaysTop, 92, replaysHeight, "sight", "what was seen");
  arrow("decode", "claim", [[344, TOP + eventsHeight / 2], [420, TOP + eventsHeight / 2]],
    plus(meters.sum("claims"), meters.sum("spans")));
  arrow("decode", "sight", [[344, replaysTop + replaysHeight / 2], [420, replaysTop + replaysHeight / 2]],
    meters.sum("replay_observations"));

  box("box", 592, resolveTop, 94, resolveBottom - resolveTop, "resolve", "by trace");
  box("box", 748, chooseTop, 94, seenEvent + 18 - chooseTop, "choose", "by event");
  box("box", 912, TOP, 94, bottom - TOP, "confirm", "by replay");
  arrow("claim by id", "confirm", [[512, byId], [912, byId]], meters.sum("claims", "replay_id"));
  arrow("claim by recorder", "choose", [[512, toChoose], [748, toChoose]], meters.sum("claims", "error_id"));
  arrow("claim by trace", "resolve", [[512, toTrace], [592, toTrace]], meters.sum("claims", "trace"));
  arrow("sight", "resolve", [[512, seenTrace], [592, seenTrace]], null);
  arrow("sight", "choose", [[512, seenEvent], [748, seenEvent]], null);
  arrow("sight", "confirm", [[512, seenReplay], [912, seenReplay]], null);
  arrow("resolve", "choose", [[686, between], [748, between]], null);
  arrow("choose", "confirm", [[842, between], [912, between]], null);

  const outputs = [
    [topics.links, "links", plus(meters.sum("links"), meters.sum("retractions"))],
    [topics.unlinked, "unlinked", meters.sum("unlinked")],
    [topics.states, "states", null],
  ];
  outputs.forEach(([name, sink, written], i) => {
    const y = TOP + ((bottom - TOP) / outputs.length) * (i + 0.5);
    box("topic", 1082, y - 17, 138, 34, name);
    arrow("confirm", name, [[1006, y], [1082, y]], written);
    arrow(name, "ClickHouse", [[1220, y], [1296, y]], meters.sum("sink_rows", sink));
  });

  const deadY = bottom + 34;
  box("topic", 420, deadY - 17, 172, 34, topics.dead_letters);
  arrow("decode", topics.dead_letters, [[298, bottom], [298, deadY], [420, deadY]], meters.sum("rejected"));
  let serverBottom = bottom;
  let height = deadY + 30;
  if (topics.trace_nodes !== null) {
    const nodesY = deadY + ROW;
    box("topic", 1082, nodesY - 17, 138, 34, topics.trace_nodes);
    arrow("decode", topics.trace_nodes, [[274, bottom], [274, nodesY], [1082, nodesY]], null);
    arrow(topics.trace_nodes, "ClickHouse", [[1220, nodesY], [1296, nodesY]], meters.sum("sink_rows", NODES));
    serverBottom = nodesY + 17;
    height = nodesY + 30;
  }
  box("server", 1296, TOP, 98, serverBottom - TOP, "ClickHouse");
  return { boxes, arrows, width: 1396, height };
}

function drawBox(box) {
  const middle = box.x + box.width / 2;
  const y = box.y + box.height / 2 + (box.small ? -3 : 4.5);
  const text = svg("text", { x: middle, y, "text-anchor": "middle" }, box.title);
  if (box.title.length * 7.6 > box.width) {
    text.setAttribute("textLength", box.width - 12);
    text.setAttribute("lengthAdjust", "spacingAndGlyphs");
  }
  return svg("g", {},
    svg("rect", { class: box.kind, x: box.x + 0.5, y: box.y + 0.5, width: box.width, height: box.height,
      rx: box.kind === "topic" ? 17 : 7 }),
    text,
    box.small ? svg("text", { class: "small", x: middle, y: y + 17, "text-anchor": "middle" }, box.small) : null);
}

function drawArrow(arrow) {
  const points = arrow.points.map(([x, y]) => [x, y]);
  const [endX, endY] = points[points.length - 1];
  points[points.length - 1] = [endX - 7, endY];
  const busy = !arrow.broken && arrow.meter !== null && arrow.meter.rate > 0;
  const from = arrow.points[arrow.points.length - 2];
  const middle = (from[0] + endX - 7) / 2;
  return svg("g", {},
    svg("polyline", { class: arrow.broken ? "arrow broken" : busy ? "arrow busy" : "arrow", points: points.join(" ") }),
    svg("path", { class: "head", d: `M${endX} ${endY}l-8 -4.5v9z` }),
    arrow.broken ? svg("text", { class: "broken-sign", x: middle, y: endY + 5, "text-anchor": "middle" }, "×") : null,
    arrow.meter === null ? null : svg("text",
      { class: busy ? "rate" : "rate idle", x: middle, y: endY - 6, "text-anchor": "middle" }, rate(arrow.meter.rate)),
    arrow.meter === null ? null : svg("text",
      { class: "small", x: middle, y: endY + 15, "text-anchor": "middle" }, count(arrow.meter.total)));
}

function table(arrows) {
  return el("table", { class: "flow-table" },
    el("thead", {}, el("tr", {}, el("th", { scope: "col" }, "from"), el("th", { scope: "col" }, "to"),
      el("th", { scope: "col", class: "number" }, "now"), el("th", { scope: "col", class: "number" }, "in all"))),
    el("tbody", {}, ...arrows.filter((arrow) => arrow.meter !== null).map((arrow) => el("tr", {},
      el("td", {}, arrow.from), el("td", {}, arrow.to),
      el("td", { class: "number" }, arrow.broken ? "interrupted" : rate(arrow.meter.rate)), el("td", { class: "number" }, count(arrow.meter.total))))));
}

/** Whether a server that does not answer interrupts the arrow: steps are joined by topics, and what a step reads or writes is one. */
function isBroken(arrow, joins, away) {
  const inProcess = arrow.from === "decode" && ["claim", "sight"].includes(arrow.to);
  const toTable = arrow.to === "ClickHouse";
  return (toTable && away.includes("clickhouse")) || (away.includes("kafka") && !inProcess && !(joins && toTable));
}

/** Replaces what the place shows, and only when a figure changed, so that the animation of an arrow does not restart. */
export function drawPicture(place, topics, meters, joins, away) {
  const { boxes, arrows, width, height } = joins ? layout(topics, meters) : sinksOnly(topics, meters);
  arrows.forEach((arrow) => { arrow.broken = isBroken(arrow, joins, away); });
  const state = JSON.stringify(arrows);
  if (place.dataset.state !== state) {
    place.dataset.state = state;
    place.replaceChildren(
      svg("svg", { class: "flow", viewBox: `0 0 ${width} ${height}`, "aria-hidden": "true" },
        ...arrows.map(drawArrow), ...boxes.map(drawBox)),
      table(arrows));
  }
}
