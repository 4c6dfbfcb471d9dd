// The search: looks up an id of any kind and shows the result.

import { ask, byId, el, length, past, setText } from "./dom.js";
import { article, lists, line } from "./results.js";

function digits(text) {
  return text.replace(/[\s-]/g, "").toLowerCase();
}

/** The state of the running join for an id that the tables do not contain: of a waiting event, its trace or its replay. */
async function live(place, id, kinds) {
  const found = [];
  try {
    for (const kind of kinds) {
      const answer = await ask("/api/why", { q: id, kind });
      if (answer.problem !== null) {
        throw new Error(answer.problem);
      }
      if (answer.explanations.length > 0) {
        found.push(el("h3", {}, kind === "event" ? "What the running join knows of it"
          : "Events of this " + kind + " in the running join"),
        ...answer.explanations.map((one) => el("ul", { class: "lines" }, ...one.lines.map(line))));
      }
    }
  } catch (problem) {
    found.push(el("p", { class: "muted" }, "The running join cannot be asked: " + problem.message + "."));
  }
  place.replaceChildren(...found);
  if (found.length === 0) {
    place.replaceChildren(el("p", { class: "muted" }, kinds.includes("event")
      ? "The running join has no such event either: it is not waiting." : "The running join has no events of it either."));
  }
  return found.length > 0;
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
  latest++;
  byId("results").hidden = true;
  byId("results").replaceChildren();
  recent();
  history.pushState(null, "", "/");
  document.title = "replay-linker";
  byId("q").value = "";
  byId("q").focus();
}

/** The lists of the page without a search. */
async function recent() {
  try {
    const answer = await ask("/api/recent");
    if (answer.problem === null && byId("results").hidden) {
      byId("lists").replaceChildren(...lists(answer, past(answer.over_ms)));
      byId("recent").hidden = false;
    }
  } catch {
    // The rest of the page shows that the worker is away.
  }
}

function show(title, ...parts) {
  const button = el("button", { type: "button", class: "quiet" }, "Close");
  button.addEventListener("click", close);
  byId("results").replaceChildren(el("div", { class: "title" }, el("p", { class: "muted" }, title), button), ...parts.filter(Boolean));
  byId("results").hidden = false;
  byId("recent").hidden = true;
}

/** The parts of the join that can have state for an id; none has state for an issue. */
function liveKinds(query, kind) {
  const all = /^[0-9a-f]{8,32}$/.test(digits(query)) ? ["event", "trace", "replay"] : [];
  return all.filter((one) => kind === null || kind === one);
}

/** The tables have no row: shows the state of the join, or else the possible reasons. */
async function unknown(query, kind, mine) {
  const place = el("div", { class: "live" });
  const kinds = liveKinds(query, kind);
  show("Search", el("p", { class: "notice warn" }, "Nothing is known of " + (kind === null ? "" : kind + " ") + query + " in the tables."), place);
  if (kinds.length === 0) {
    place.append(el("p", { class: "muted" }, "No transaction of the last 7 days contains this text. Transactions are found by their"
      + " whole name as well, however old. No issue of the last 90 days contains it either."));
  } else if (!(await live(place, query, kinds)) && mine === latest) {
    place.append(el("p", { class: "muted" },
      "An event is in the tables when it has a replay, names one, or is a backend error. Others have no row, and rows expire: events without a link after 14 days."));
  }
}

/** The requested event, if this result is its replay. */
function linkInto(result, found) {
  const links = found.find((one) => one.question === "event" && one.status === "found")?.answer.links ?? [];
  return result.question === "replay" && result.status === "found"
    ? links.find((link) => link.replay_id === result.answer.replay.replay_id) ?? null
    : null;
}

/** Looks up an id and replaces the previous result. */
export async function search(query, kind = null) {
  const mine = ++latest;
  const parameters = { q: query, ...(kind ? { kind } : {}) };
  document.title = query + " – replay-linker";
  byId("q").value = query;
  show("Searching …");
  let answer;
  try {
    answer = await ask("/api/search", parameters);
  } catch (problem) {
    if (mine === latest) {
      show("Search", el("p", { class: "notice bad" }, problem.message));
      setText(byId("announce"), problem.message);
    }
    return;
  }
  if (mine !== latest) {
    return;
  }
  const found = answer.results.filter((result) => result.status !== "unknown" || (result.named_by ?? []).length > 0);
  setText(byId("announce"), summary(query, found, answer.problem));
  if (found.length === 0 && answer.problem === null) {
    await unknown(query, kind, mine);
    return;
  }
  const id = digits(query);
  show(fresh(answer.results) || "Search",
    answer.problem === null ? null : el("p", { class: "notice bad" }, "The tables cannot be asked: " + answer.problem),
    ...found.map((result) => article(result.question === "transaction" ? query : id, result, linkInto(result, found))));
  const place = byId("results").querySelector(".live");
  if (place) {
    await live(place, id, found.some((result) => result.status === "unknown") ? ["replay"] : ["event"]);
  } else if (answer.problem !== null && id.length >= 8) {
    const beside = el("div", { class: "live" });
    byId("results").append(beside);
    await live(beside, id, liveKinds(query, kind));
  }
}

/** Shows the result for the query in the address, or no result without a query. */
function follow() {
  const address = new URLSearchParams(location.search);
  const query = (address.get("q") ?? "").trim();
  if (query === "") {
    latest++;
    byId("results").hidden = true;
    recent();
  } else {
    search(query, address.get("kind"));
  }
}

/** Handles the form, links between results, the browser's history, and the key /. */
export function listen() {
  byId("search").addEventListener("submit", (event) => {
    event.preventDefault();
    const query = byId("q").value.trim();
    if (query !== "") {
      history.pushState(null, "", "/?q=" + encodeURIComponent(query));
      search(query);
    }
  });
  byId("main").addEventListener("click", (event) => {
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
