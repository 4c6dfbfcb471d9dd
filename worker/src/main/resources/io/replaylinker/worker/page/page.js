// The status page: queries the worker every few seconds and shows its answers.

import { ask, byId, count, el, length, past, rate, setText, share, svg, time } from "./dom.js";
import { drawChart } from "./charts.js";
import { by, METHODS, REASONS, SINKS } from "./names.js";
import { drawPicture, Meters } from "./picture.js";
import { listen } from "./search.js";
import { drawWorkers } from "./workers.js";

const STATUS_EVERY = 2000;
const SERIES_EVERY = 5000;
const MEMBERS_EVERY = 5000;
const COVERAGE_EVERY = 60000;
const RETRY_AFTER = 10000;

function health(status) {
  const bad = status.parts.filter((part) => part.state === "bad");
  const warn = status.parts.filter((part) => part.state === "warn");
  const look = bad.length > 0 ? "bad" : warn.length > 0 ? "warn" : "good";
  const text = bad.length > 0 ? bad[0].name + ": " + bad[0].message
    : warn.length > 0 ? warn[0].name + ": " + warn[0].message : "All is well";
  const place = byId("health");
  if (place.dataset.text !== text) {
    place.dataset.text = text;
    place.className = "health " + look;
    place.replaceChildren(el("span", { class: "dot" }), text);
  }
}

function parts(status) {
  const list = el("ul", { class: "parts" }, ...status.parts.map((part) => el("li", {},
    el("span", { class: "dot " + part.state }), el("span", {}, part.name), el("span", { class: "muted" }, part.message))));
  const waiting = status.waiting.length === 0 ? null : el("table", {},
    el("thead", {}, el("tr", {}, el("th", { scope: "col" }, "step"), el("th", { scope: "col", class: "number" }, "events that wait"),
      el("th", { scope: "col", class: "number" }, "the oldest for"))),
    el("tbody", {}, ...status.waiting.map((one) => el("tr", {},
      el("td", {}, one.step), el("td", { class: "number" }, count(one.events)),
      el("td", { class: "number" }, one.events === 0 ? "–" : length(one.oldest_ms))))));
  const lag = status.lag.length === 0 ? null : el("table", {},
    el("thead", {}, el("tr", {}, el("th", { scope: "col" }, "reader"), el("th", { scope: "col" }, "topic"),
      el("th", { scope: "col", class: "number" }, "records behind"))),
    el("tbody", {}, ...status.lag.map((one) => el("tr", {},
      el("td", {}, one.reader), el("td", {}, one.topic), el("td", { class: "number" }, one.records === null ? "unknown" : count(one.records))))));
  byId("parts").replaceChildren(list, ...[waiting, lag].filter(Boolean));
}

/** The roles of the worker, which determine the parts of the page; known with the first answer. */
let roles = null;

function showStatus(status) {
  const first = roles === null;
  roles = status.roles;
  if (first) {
    series();
    if (status.members) {
      turns.push(repeat(MEMBERS_EVERY, "/api/members", () => ({}),
        (answer) => drawWorkers(byId("workers"), byId("members"), answer, status.application_id)));
    }
  }
  setText(byId("application"), status.application_id);
  setText(byId("since"), "since " + time(status.started_at).slice(0, 19) + " UTC");
  setText(byId("about"), "Version " + (status.version ?? "not packaged") + ", roles " + status.roles.join(" and ")
    + ". Figures are those of this process. Times are UTC. Last asked " + time(status.now).slice(11, 19) + ".");
  health(status);
  parts(status);
  const away = status.parts.filter((part) => part.state === "bad").map((part) => part.name);
  drawPicture(byId("picture"), status.topics, new Meters(status.meters), status.roles.includes("join"), away);
}

function named(series, group, names) {
  const shown = series.filter((one) => one.group === group)
    .map((one) => ({ name: (names[one.label] ?? [one.label])[0], color: (names[one.label] ?? [null, 7])[1], counts: one.counts, label: one.label }));
  const order = Object.keys(names);
  return shown.filter((one) => order.includes(one.label) || one.counts.some((number) => number > 0)).sort((a, b) => order.indexOf(a.label) - order.indexOf(b.label));
}

function chart(name) {
  let place = byId("chart-" + name);
  if (place === null) {
    place = el("div", { class: "chart", id: "chart-" + name });
    byId("charts").append(place);
  }
  return place;
}

function showSeries(answer) {
  const first = Date.parse(answer.first);
  if (roles === null) {
    return;
  }
  if (!roles.includes("join")) {
    byId("charts").replaceChildren(chart("rows"));
    drawChart(chart("rows"), "Rows into ClickHouse, by sink", named(answer.series, "sink_rows", SINKS), first, answer.step_ms);
    return;
  }
  drawChart(chart("links"), "Links by method", named(answer.series, "links", METHODS), first, answer.step_ms);
  drawChart(chart("unlinked"), "Without a link, by reason", named(answer.series, "unlinked", REASONS), first, answer.step_ms);
}

function showCoverage(coverage) {
  const place = byId("coverage");
  if (coverage.problem !== null) {
    place.replaceChildren(el("p", { class: "notice bad" }, "The tables cannot be asked: " + coverage.problem));
    return;
  }
  if (coverage.errors === 0) {
    place.replaceChildren(el("p", { class: "muted" }, "There was no backend error in the last " + past(coverage.over_ms) + "."));
    return;
  }
  const outcomes = [...coverage.outcomes].sort((a, b) => b.errors - a.errors);
  const color = (one) => one.outcome === "LINKED" ? (METHODS[one.method] ?? [null, 7])[1] : null;
  let x = 0;
  const bar = svg("svg", { class: "bar", viewBox: "0 0 1000 10", preserveAspectRatio: "none", "aria-hidden": "true" },
    svg("rect", { class: "rest", width: 1000, height: 10 }),
    ...outcomes.filter((one) => color(one) !== null).map((one) => {
      const width = 1000 * one.errors / coverage.errors;
      x += width;
      return svg("rect", { class: "k" + color(one), x: x - width, width, height: 10 });
    }));
  place.replaceChildren(
    el("p", {}, el("span", { class: "share" }, share(coverage.with_replay, coverage.errors)), " ",
      el("span", { class: "muted" }, count(coverage.with_replay) + " of " + count(coverage.errors) + " in the last " + past(coverage.over_ms))),
    bar,
    el("table", {},
      el("thead", {}, el("tr", {}, el("th", { scope: "col" }, "method"), el("th", { scope: "col" }, "outcome"),
        el("th", { scope: "col", class: "number" }, "errors"), el("th", { scope: "col", class: "number" }, "share"))),
      el("tbody", {}, ...outcomes.map((one) => el("tr", {},
        el("td", {}, by(one.method)),
        el("td", {}, color(one) === null ? null : el("span", { class: "swatch k" + color(one) }), " ",
          one.outcome === "LINKED" ? "linked" : (REASONS[one.outcome] ?? [one.outcome.toLowerCase().replaceAll("_", " ")])[0]),
        el("td", { class: "number" }, count(one.errors)),
        el("td", { class: "number" }, share(one.errors, coverage.errors)))))),
    el("p", { class: "muted" }, "By the tables. Every backend error counts once its wait is over; "
      + count(coverage.named_none) + " of those without a replay named none, neither by an id nor by a flag."));
}

function minutes() {
  return document.querySelector("#minutes :checked").value;
}

/** Polls with one request at a time, and pauses while the page is hidden. */
function repeat(every, path, parameters, showIt) {
  let timer = 0;
  const turn = async () => {
    clearTimeout(timer);
    let wait = every;
    if (!document.hidden) {
      try {
        showIt(await ask(path, parameters()));
        byId("offline").hidden = true;
      } catch (problem) {
        setText(byId("offline"), "The data on this page may be old: " + problem.message + ".");
        byId("offline").hidden = false;
        wait = Math.max(every, Math.min(RETRY_AFTER, 2 * every));
      }
    }
    clearTimeout(timer);
    timer = setTimeout(turn, wait);
  };
  turn();
  return turn;
}

listen();
const turns = [
  repeat(STATUS_EVERY, "/api/status", () => ({}), showStatus),
  repeat(COVERAGE_EVERY, "/api/coverage", () => ({}), showCoverage),
];
const series = repeat(SERIES_EVERY, "/api/series", () => ({ minutes: minutes() }), showSeries);
byId("minutes").addEventListener("change", series);
document.addEventListener("visibilitychange", () => [...turns, series].forEach((turn) => turn()));
