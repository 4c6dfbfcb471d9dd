// The drawing of a time line: a lane for each project, in it a mark for each event, or columns where there are too many.

import { figure, offset, svg } from "./dom.js";
import { look, LOOKS, named, placed } from "./looks.js";

const MARGIN = 12;
const LABEL = 15;
const DOTS = 14;
const BAR = 8;
const BAR_ROWS = 3;
const BODY = DOTS + BAR_ROWS * (BAR + 2);
const LANE = LABEL + BODY + 6;
const AXIS = 24;
const TICK_ROOM = 105;
const EDGE = 45;
const NEAR = 10;
const STEPS = [1, 2, 5, 10, 20, 50, 100, 250, 500, 1000, 2000, 5000, 10000, 15000, 30000, 60000, 120000, 300000, 600000, 1800000, 3600000];

/** Round steps of time, as many as there is room for. */
function ticks(from, to, most) {
  const step = STEPS.find((one) => (to - from) / one <= most) ?? Math.ceil((to - from) / most / 3600000) * 3600000;
  const found = [];
  for (let at = Math.ceil(from / step) * step; at <= to; at += step) {
    found.push(at);
  }
  return found;
}

function scale(view, width) {
  const per = (width - 2 * MARGIN) / Math.max(1, view.to - view.from);
  return (ms) => MARGIN + (ms - view.from) * per;
}

/** The time at a place of the drawing: the inverse of the scale. */
export function timeAt(x, view, width) {
  return view.from + ((x - MARGIN) / (width - 2 * MARGIN)) * (view.to - view.from);
}

/** The first row with enough room; the last row if there is none. */
function freeRow(ends, from, to, rows) {
  let row = 0;
  while (row < rows - 1 && (ends[row] ?? -Infinity) > from) {
    row++;
  }
  ends[row] = to;
  return row;
}

/** Describes an event in a few lines. */
export function details(event, replay) {
  return [
    offset(placed(event, replay)) + "  " + named(event) + (event.in_session ? "" : ", outside the session"),
    event.transaction,
    event.duration_ms === null ? null : "took " + figure(event.duration_ms) + " ms",
    "project " + event.project_id + (event.release === null ? "" : ", release " + event.release),
  ].filter(Boolean);
}

function marks(events, replay, wanted, x, top) {
  const ends = [];
  return events.map((event) => {
    const kind = look(event);
    const end = x(placed(event, replay));
    const marked = kind + (wanted !== "" && event.event_id.startsWith(wanted) ? " wanted" : "");
    const common = { lines: details(event, replay), id: event.event_id };
    if (kind === "call" || kind === "failed_call") {
      const begin = x(placed(event, replay) - (event.duration_ms ?? 0));
      const wide = Math.max(4, end - begin);
      const y = top + DOTS + freeRow(ends, end - wide, end + 2, BAR_ROWS) * (BAR + 2);
      return { ...common, from: end - wide, to: end, y: y + BAR / 2,
        node: svg("rect", { class: marked, x: end - wide, y, width: wide, height: BAR, rx: 2 }) };
    }
    const y = top + 6;
    return { ...common, from: end - 5, to: end + 5, y,
      node: kind === "warning"
        ? svg("path", { class: marked, d: `M${end} ${y - 6}l6 11h-12z` })
        : svg("circle", { class: marked, cx: end, cy: y, r: 5 }) };
  });
}

/** Columns of one project, the most severe kind at the bottom. */
function columns(series, density, most, x, start, top) {
  const found = [];
  for (let step = 0; step < series[0].counts.length; step++) {
    const parts = Object.keys(LOOKS).map((kind) => [kind, series.find((one) => one.look === kind)?.counts[step] ?? 0])
      .filter(([, events]) => events > 0);
    if (parts.length === 0) {
      continue;
    }
    const from = start + step * density.step_ms;
    const left = x(from);
    const wide = Math.max(1.5, x(from + density.step_ms) - left - 0.5);
    let y = top + BODY;
    const rects = parts.map(([kind, events]) => {
      const height = Math.max(2, (events / most) * BODY);
      y -= height;
      return svg("rect", { class: kind, x: left.toFixed(2), y: y.toFixed(2), width: wide.toFixed(2), height: height.toFixed(2) });
    });
    found.push({ from: left, to: left + wide, y: top + BODY / 2, id: null, node: svg("g", {}, ...rects),
      lines: [offset(from) + " to " + offset(from + density.step_ms), ...parts.map(([kind, events]) =>
        figure(events) + " " + LOOKS[kind][events === 1 ? 0 : 1]), "project " + series[0].project_id] });
  }
  return found;
}

function densityLanes(density, replay, x, lanes) {
  const start = Date.parse(density.from) - Date.parse(replay.started_at);
  const sums = lanes.flatMap((project) => {
    const own = density.series.filter((one) => String(one.project_id) === project);
    return own[0].counts.map((_, step) => own.reduce((sum, one) => sum + one.counts[step], 0));
  });
  const most = Math.max(1, ...sums);
  return lanes.map((project, i) => columns(density.series.filter((one) => String(one.project_id) === project),
    density, most, x, start, LABEL + i * LANE));
}

/**
 * Draws a part of a replay.
 *
 * @param shown with replay, events, density (null where the events are all), view (from and to, ms from the replay's start) and wanted
 *     (the first digits of the id of the requested event, empty for none)
 * @param width of the place, in pixels
 * @return the drawing, and what is near a place in it
 */
export function draw({ replay, events, density, view, wanted }, width) {
  const projects = density === null ? events.map((event) => event.project_id) : density.series.map((one) => one.project_id);
  const lanes = [...new Set(projects.map(String))].sort((a, b) => a.length - b.length || a.localeCompare(b));
  const x = scale(view, width);
  const found = density === null
    ? lanes.map((project, i) => marks(events.filter((event) => String(event.project_id) === project), replay, wanted, x, LABEL + i * LANE))
    : densityLanes(density, replay, x, lanes);
  const all = found.flat();
  const base = lanes.length * LANE;
  const life = [Math.max(0, x(0)), Math.min(width, x(replay.length_ms ?? 0))];
  const number = density === null ? events.length : density.events;
  const label = "Time line of " + figure(number) + (number === 1 ? " event" : " events") + " from " + offset(Math.round(view.from)) + " to "
    + offset(Math.round(view.to)) + ", by project; the table has them all";
  const node = svg("svg", { class: "timeline", viewBox: `0 0 ${width} ${base + AXIS}`, role: "img", "aria-label": label },
    svg("rect", { class: "life", x: life[0], y: 1, width: Math.max(2, life[1] - life[0]), height: base - 2, rx: 5 }),
    ...ticks(view.from, view.to, Math.max(2, Math.floor(width / TICK_ROOM))).map((at) => svg("g", {},
      svg("line", { class: "tick", x1: x(at), x2: x(at), y1: 1, y2: base + 4 }),
      svg("text", { x: x(at), y: base + 18, "text-anchor": x(at) > width - EDGE ? "end" : x(at) < EDGE ? "start" : "middle" }, at === 0 ? "start" : offset(at, false)))),
    ...lanes.map((project, i) => svg("text", { class: "lane", x: 4, y: i * LANE + 12 }, "project " + project)),
    ...all.map((one) => one.node));
  return {
    node,
    /** The mark nearest to a place, if one is near. */
    near(px, py) {
      const lane = Math.min(lanes.length - 1, Math.max(0, Math.floor(py / LANE)));
      let best = null;
      for (const one of found[lane] ?? []) {
        const aside = Math.max(one.from - px, px - one.to, 0) + (density === null ? Math.abs(one.y - py) / 4 : 0);
        if (aside <= NEAR && (best === null || aside < best.aside)) {
          best = { ...one, aside };
        }
      }
      return best;
    },
    of: (id) => all.find((one) => one.id === id) ?? null,
  };
}
