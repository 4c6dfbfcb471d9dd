// Columns of the counts in each time step, stacked by label.

import { count, el, length, svg } from "./dom.js";

const HEIGHT = 150;
const LEFT = 40;
const NARROWEST = 240;
const BASE = 128;
const HEAD = 10;

/** The next of 1, 2, 5, 10, 20, 50 ... above, so that the scale rarely changes. */
function ceiling(value) {
  for (let power = 1; ; power *= 10) {
    for (const step of [1, 2, 5]) {
      if (step * power >= value) {
        return step * power;
      }
    }
  }
}

function clock(ms) {
  return new Date(ms).toISOString().slice(11, 16);
}

function scale(top, width) {
  return [0, 0.5, 1].filter((part) => Number.isInteger(top * part)).map((part) => {
    const y = BASE - part * (BASE - HEAD);
    return svg("g", {},
      svg("line", { class: "grid", x1: LEFT, x2: width, y1: y + 0.5, y2: y + 0.5 }),
      svg("text", { x: LEFT - 6, y: y + 4, "text-anchor": "end" }, count(top * part)));
  });
}

function times(first, stepMs, steps, width) {
  return [0, 0.5, 1].map((part) => svg("text", {
    x: LEFT + part * (width - LEFT), y: HEIGHT - 6, "text-anchor": ["start", "middle", "end"][part * 2],
  }, clock(first + part * steps * stepMs) + (part === 1 ? " UTC" : "")));
}

function columns(series, first, stepMs, top, width) {
  const steps = series.length === 0 ? 0 : series[0].counts.length;
  const wide = (width - LEFT) / Math.max(1, steps);
  const drawn = [];
  for (let step = 0; step < steps; step++) {
    const parts = [];
    let y = BASE;
    for (const one of series) {
      if (one.counts[step] > 0) {
        const height = (one.counts[step] / top) * (BASE - HEAD);
        y -= height;
        parts.push(svg("rect", { class: "k" + one.color, x: (LEFT + step * wide + 0.5).toFixed(2), y: y.toFixed(2),
          width: (wide - 1).toFixed(2), height: height.toFixed(2) }));
      }
    }
    if (parts.length > 0) {
      const text = series.filter((one) => one.counts[step] > 0)
        .map((one) => one.name + " " + one.counts[step]).join("\n");
      drawn.push(svg("g", {}, svg("title", {}, clock(first + step * stepMs) + " UTC\n" + text), ...parts));
    }
  }
  return drawn;
}

/**
 * Replaces what the place shows.
 *
 * @param shown series with name, color and counts, all of the same length; stays in its order
 */
export function drawChart(place, title, shown, first, stepMs) {
  const series = shown.map((one) => ({ ...one, total: one.counts.reduce((sum, next) => sum + next, 0) }));
  const steps = series.length === 0 ? 60 : series[0].counts.length;
  const sums = Array.from({ length: steps }, (_, step) => series.reduce((sum, one) => sum + one.counts[step], 0));
  const top = ceiling(Math.max(1, ...sums));
  const total = series.reduce((sum, one) => sum + one.total, 0);
  const text = title + ", last " + length(steps * stepMs) + ": "
    + (total === 0 ? "none" : series.filter((one) => one.total > 0).map((one) => one.name + " " + one.total).join(", "));
  // As wide as the place, so that text has the same size everywhere.
  const width = Math.max(NARROWEST, place.clientWidth);
  place.replaceChildren(
    el("h3", {}, title, el("span", { class: "muted" }, " per " + length(stepMs))),
    svg("svg", { viewBox: `0 0 ${width} ${HEIGHT}`, role: "img", "aria-label": text },
      ...scale(top, width), ...columns(series, first, stepMs, top, width), ...times(first, stepMs, steps, width)),
    el("ul", { class: "legend" }, ...series.map((one) => el("li", {},
      el("span", { class: "swatch k" + one.color }), one.name, el("b", {}, count(one.total))))));
}
