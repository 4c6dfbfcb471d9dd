// The workers of the installation, one row each.

import { count, el, length } from "./dom.js";

const LOOKS = { running: "good", unreachable: "bad", ended: "bad" };

/** 0, 2–4 */
function ranges(numbers) {
  const parts = [];
  for (let at = 0; at < numbers.length; at++) {
    const first = at;
    while (numbers[at + 1] === numbers[at] + 1) {
      at++;
    }
    parts.push(first === at ? String(numbers[at]) : numbers[first] + "–" + numbers[at]);
  }
  return parts.join(", ");
}

/** Topics of the join, without the name of the installation that they share; of a sink its name, as its topic is always the same. */
function partitions(assigned, application) {
  const names = assigned.map((one) => {
    const topic = one.topic.startsWith(application + "-") ? one.topic.slice(application.length + 1) : one.topic;
    return (one.reader === "join" ? topic : "sink " + one.reader) + " " + ranges(one.partitions);
  });
  return names.length === 0 ? "none" : names.join("; ");
}

function state(member) {
  const words = member.state + (member.restoring_records > 0 ? ", " + count(member.restoring_records) + " records left" : "");
  return [el("span", { class: "state" }, el("span", { class: "dot " + (LOOKS[member.state] ?? "warn") }), words),
    member.problem === null ? null : el("span", { class: "muted" }, " " + member.problem)];
}

function row(member, application) {
  return el("tr", { class: member.self ? "wanted" : null },
    el("td", { class: "where" }, el("span", { class: "id" }, member.address), member.self ? el("span", { class: "badge" }, "this worker") : null),
    el("td", {}, ...state(member)),
    el("td", {}, member.roles.join(", ") || "–"),
    el("td", { class: "whole" }, partitions(member.assigned, application)),
    el("td", { class: "number" }, member.lag === null ? "unknown" : count(member.lag)),
    el("td", { class: "number" }, length(member.uptime_ms)),
    el("td", {}, member.version ?? "–"));
}

/**
 * Replaces what the place shows.
 *
 * @param section is shown from the first answer on
 */
export function drawWorkers(section, place, answer, application) {
  const head = (name, kind) => el("th", { scope: "col", class: kind }, name);
  section.hidden = false;
  place.replaceChildren(
    el("table", { class: "events" },
      el("thead", {}, el("tr", {}, head("worker"), head("state"), head("roles"), head("partitions"),
        head("records behind", "number"), head("up for", "number"), head("version"))),
      el("tbody", {}, ...answer.members.map((member) => row(member, application)))),
    ...answer.problems.map((problem) => el("p", { class: "muted" }, "Workers may be missing: " + problem + ".")));
}
