// The events of a replay: a drawing of the whole replay, and a table that grows page by page. Both show the selected part.

import { ask, el, figure, inSentry, offset } from "./dom.js";
import { draw, timeAt } from "./drawing.js";
import { look, LOOKS, named, placed } from "./looks.js";
import { by, shown } from "./names.js";

const DRAG = 6;
const HALF_A_PAGE = 80;
const NARROWEST_MS = 20;
const NARROWEST = 260;

function row(event, replay, wanted) {
  const own = wanted !== "" && event.event_id.startsWith(wanted);
  return el("tr", { class: own ? "wanted" : null, "data-id": event.event_id },
    el("td", { class: "number" }, offset(placed(event, replay))),
    el("td", {}, el("span", { class: "badge " + look(event) }, named(event)), event.in_session ? null : " outside the session"),
    el("td", { class: "where" }, event.transaction ?? "–",
      event.release === null ? null : el("span", { class: "muted" }, " release " + event.release)),
    el("td", { class: "number" }, event.duration_ms === null ? "" : figure(event.duration_ms) + " ms"),
    el("td", {}, el("span", { class: "muted" }, "project "), String(event.project_id)),
    el("td", {}, by(event.method) + " " + event.confidence.toFixed(2)),
    el("td", { class: "whole" }, el("a", { class: "id", href: "/?kind=event&q=" + event.event_id }, shown(event.event_id)), " ",
      inSentry(event.sentry_replay_url, "Replay at " + offset(placed(event, replay)))));
}

/** From the first to the last observation of the replay. */
function whole(replay, events, density) {
  const times = events.map((event) => placed(event, replay));
  if (density !== null) {
    const first = Date.parse(density.from) - Date.parse(replay.started_at);
    const steps = density.series.reduce((most, one) => Math.max(most, one.counts.findLastIndex((events) => events > 0)), 0);
    times.push(first, first + (steps + 1) * density.step_ms);
  }
  const from = Math.min(0, ...times);
  const to = Math.max(replay.length_ms ?? 0, ...times, 1000);
  return { from: from - (to - from) * 0.02, to: to + (to - from) * 0.02 };
}

function counts(events, density) {
  const sums = Object.fromEntries(Object.keys(LOOKS).map((kind) => [kind, 0]));
  if (density === null) {
    events.forEach((event) => sums[look(event)]++);
  } else {
    density.series.forEach((one) => { sums[one.look] += one.counts.reduce((sum, next) => sum + next, 0); });
  }
  return sums;
}

class Timeline {
  /** @param first the result of the search: a page of events, and a density if there are more */
  constructor(first, wanted) {
    this.replay = first.answer.replay;
    this.wanted = wanted;
    this.take(first);
    this.full = whole(this.replay, this.events, this.density);
    this.first = first;
    /** Whether all events have been loaded. */
    this.isAll = this.next === null && this.density === null;
    this.view = this.full;
    this.turn = 0;
    this.node = el("div", { class: "events-of" });
    this.build();
    new ResizeObserver(() => this.redraw()).observe(this.place);
  }

  take(result) {
    this.events = result.answer.events;
    this.next = result.answer.next;
    this.density = result.density ?? null;
  }

  build() {
    this.counts = el("p", { class: "counts" });
    this.place = el("div", { class: "drawing" });
    this.tip = el("div", { class: "tip", hidden: true, "aria-hidden": "true" });
    this.band = el("div", { class: "band", hidden: true });
    this.stage = el("div", { class: "stage", tabindex: "0", role: "group", "aria-label":
      "Time line. Plus and minus zoom, the arrows move, 0 shows all of it." }, this.place, this.band, this.tip);
    const button = (text, label, action) => {
      const one = el("button", { type: "button", class: "quiet small", "aria-label": label }, text);
      one.addEventListener("click", action);
      return one;
    };
    this.tools = el("div", { class: "tools" },
      button("+", "Zoom in", () => this.zoom(0.5)), button("−", "Zoom out", () => this.zoom(2)),
      button("←", "Earlier", () => this.move(-0.5)), button("→", "Later", () => this.move(0.5)),
      button("All", "Show the whole replay", () => this.show(this.full)));
    this.rows = el("tbody");
    const head = ["offset", "what", "where", "took", "project", "linked", "event"];
    this.table = el("table", { class: "events" },
      el("thead", {}, el("tr", {}, ...head.map((name) =>
        el("th", { scope: "col", class: name === "offset" || name === "took" ? "number" : null }, name)))), this.rows);
    this.more = el("button", { type: "button", class: "quiet" }, "Show more");
    this.more.addEventListener("click", () => this.append());
    this.problem = el("p", { class: "notice bad", role: "alert", hidden: true });
    this.node.append(el("div", { class: "named" }, this.counts, this.tools), this.stage, this.problem, this.table, this.more);
    this.pointers();
    this.keys();
    this.table.addEventListener("pointerover", (event) => this.point(event.target.closest("tr")?.dataset.id));
    this.table.addEventListener("focusin", (event) => this.point(event.target.closest("tr")?.dataset.id));
    this.table.addEventListener("pointerleave", () => this.point(null));
    this.fill();
    new IntersectionObserver((seen) => seen.some((one) => one.isIntersecting) && this.append(), { rootMargin: "600px" }).observe(this.more);
  }

  /** Renders the table, the counts and the drawing again. */
  fill() {
    this.rows.replaceChildren(...this.events.map((event) => row(event, this.replay, this.wanted)));
    this.tell();
    this.redraw();
  }

  total() {
    return this.density === null ? this.events.length : this.density.events;
  }

  tell() {
    const kinds = Object.entries(counts(this.events, this.density)).filter(([, events]) => events > 0)
      .map(([kind, events]) => figure(events) + " " + LOOKS[kind][events === 1 ? 0 : 1]).join(", ");
    const part = this.view === this.full ? "" : " from " + offset(Math.round(this.view.from)) + " to " + offset(Math.round(this.view.to));
    const total = this.total();
    this.counts.textContent = (total === 0 ? "No events" : figure(total) + (total === 1 ? " event" : " events")) + part
      + (kinds === "" ? "" : ": " + kinds)
      + (this.rows.childElementCount < total ? ". The table shows the first " + figure(this.rows.childElementCount) + "." : ".");
    this.more.hidden = this.next === null;
  }

  redraw() {
    const width = Math.max(NARROWEST, this.place.clientWidth);
    if (this.place.clientWidth > 0 && (width !== this.width || this.drawn !== this.view || this.stale)) {
      this.width = width;
      this.drawn = this.view;
      this.stale = false;
      this.drawing = draw(this, width);
      this.place.replaceChildren(this.drawing.node);
    }
  }

  async load(parameters) {
    const answer = await ask("/api/search", { q: this.replay.replay_id, kind: "replay", ...parameters });
    const found = answer.results.find((result) => result.status === "found");
    if (!found) {
      throw new Error(answer.problem ?? "the replay is not in the tables any more");
    }
    return found;
  }

  window() {
    const started = Date.parse(this.replay.started_at);
    const iso = (ms) => new Date(started + Math.round(ms)).toISOString();
    return this.view === this.full ? {} : { since: iso(this.view.from), until: iso(this.view.to) };
  }

  /** The page after, below the rows that are there. */
  async append() {
    if (this.busy || this.next === null) {
      return;
    }
    this.busy = true;
    this.more.textContent = "Loading …";
    const turn = this.turn;
    try {
      const found = await this.load({ ...this.window(), after: this.next });
      if (turn === this.turn) {
        this.next = found.answer.next;
        this.rows.append(...found.answer.events.map((event) => row(event, this.replay, this.wanted)));
        this.problem.hidden = true;
        this.tell();
      }
    } catch (problem) {
      this.fail(problem);
    } finally {
      this.busy = false;
      this.more.textContent = "Show more";
    }
  }

  fail(problem) {
    this.problem.textContent = "More could not be loaded: " + problem.message + ".";
    this.problem.hidden = false;
  }

  /** Shows a part, which stays within the whole. */
  async show(part) {
    const length = Math.min(this.full.to - this.full.from, Math.max(NARROWEST_MS, part.to - part.from));
    const from = Math.min(Math.max(part.from, this.full.from), this.full.to - length);
    this.view = length >= this.full.to - this.full.from ? this.full : { from, to: from + length };
    const turn = ++this.turn;
    this.redraw();
    if (this.view === this.full) {
      this.take(this.first);
    } else if (this.isAll) {
      this.events = this.first.answer.events.filter((event) => this.holds(event));
    } else {
      try {
        const found = await this.load(this.window());
        if (turn !== this.turn) {
          return;
        }
        this.take(found);
        this.problem.hidden = true;
      } catch (problem) {
        this.fail(problem);
        return;
      }
    }
    this.stale = true;
    this.fill();
  }

  /** Whether any of the event lies in the part that is shown. */
  holds(event) {
    const end = placed(event, this.replay);
    return end >= this.view.from && end - (event.duration_ms ?? 0) <= this.view.to;
  }

  zoom(factor, around = (this.view.from + this.view.to) / 2) {
    return this.show({ from: around - (around - this.view.from) * factor, to: around + (this.view.to - around) * factor });
  }

  move(share) {
    const by = (this.view.to - this.view.from) * share;
    return this.show({ from: this.view.from + by, to: this.view.to + by });
  }

  /** Shows where an event is that no page has yet. */
  async seek(event) {
    const at = placed(event, this.replay);
    const all = this.full.to - this.full.from;
    // About half a page before it, as dense as the replay is on average.
    const part = Math.min(all / 100, HALF_A_PAGE * all / Math.max(1, this.total()));
    await this.show({ from: at - part, to: at + part });
    if (!this.rows.querySelector("tr.wanted")) {
      await this.show({ from: at, to: at + part });
    }
  }

  keys() {
    const actions = {
      "+": () => this.zoom(0.5), "=": () => this.zoom(0.5), "-": () => this.zoom(2), "ArrowLeft": () => this.move(-0.25),
      "ArrowRight": () => this.move(0.25), "0": () => this.show(this.full), "Home": () => this.show(this.full),
    };
    this.stage.addEventListener("keydown", (event) => {
      const action = event.ctrlKey || event.metaKey || event.altKey ? null : actions[event.key];
      if (action) {
        event.preventDefault();
        action();
      }
    });
  }

  /** Dragging chooses a part, the wheel with Ctrl zooms, a double click shows all again. */
  pointers() {
    let start = null;
    const place = (event) => {
      const box = this.place.getBoundingClientRect();
      return { x: event.clientX - box.left, y: event.clientY - box.top };
    };
    this.stage.addEventListener("pointerdown", (event) => {
      if (event.button === 0 && event.pointerType !== "touch") {
        start = place(event).x;
        this.stage.setPointerCapture(event.pointerId);
      }
    });
    this.stage.addEventListener("pointermove", (event) => {
      const at = place(event);
      if (start === null) {
        this.hover(this.drawing?.near(at.x, at.y) ?? null, at);
      } else {
        this.hover(null);
        this.band.hidden = Math.abs(at.x - start) < DRAG;
        this.band.style.left = Math.min(start, at.x) + "px";
        this.band.style.width = Math.abs(at.x - start) + "px";
      }
    });
    this.stage.addEventListener("pointerup", (event) => {
      if (start !== null && !this.band.hidden) {
        const [from, to] = [start, place(event).x].sort((a, b) => a - b).map((x) => timeAt(x, this.view, this.width));
        this.show({ from, to });
      }
      start = null;
      this.band.hidden = true;
    });
    this.stage.addEventListener("pointercancel", () => {
      start = null;
      this.band.hidden = true;
    });
    this.stage.addEventListener("pointerleave", () => this.hover(null));
    this.stage.addEventListener("dblclick", () => this.show(this.full));
    this.stage.addEventListener("wheel", (event) => {
      if (event.ctrlKey) {
        event.preventDefault();
        this.zoom(event.deltaY < 0 ? 0.8 : 1.25, timeAt(place(event).x, this.view, this.width));
      }
    }, { passive: false });
  }

  hover(mark, at) {
    this.tip.hidden = mark === null;
    this.point(mark?.id ?? null);
    if (mark !== null) {
      this.tip.replaceChildren(...mark.lines.map((line) => el("div", {}, line)));
      this.tip.style.left = Math.min(at.x + 14, Math.max(0, this.width - this.tip.offsetWidth)) + "px";
      this.tip.style.top = at.y + 18 + "px";
    }
  }

  /** Marks an event in the drawing and in the table. */
  point(id) {
    this.node.querySelectorAll(".pointed").forEach((one) => one.classList.remove("pointed"));
    if (id) {
      this.drawing?.of(id)?.node.classList.add("pointed");
      this.rows.querySelector(`tr[data-id="${id}"]`)?.classList.add("pointed");
    }
  }
}

/**
 * The drawing and the table.
 *
 * @param first the result of the search, with replay and events, and with density if there are more than a page
 * @param wanted the first digits of the id of the requested event; empty for none
 * @param event that event, if its place is known
 */
export function timeline(first, wanted, event = null) {
  const { replay, events } = first.answer;
  if (events.length === 0) {
    return [el("p", { class: "muted" }, replay.deleted ? "A user deleted this replay, so its events are not shown." : "No events are linked to it.")];
  }
  const line = new Timeline(first, wanted);
  if (event !== null && event.replay_id === replay.replay_id && !events.some((one) => one.event_id === event.event_id)) {
    line.seek(event);
  }
  return [line.node];
}
