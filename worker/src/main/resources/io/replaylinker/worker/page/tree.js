// A trace as a tree that folds by mouse and keyboard, after the pattern "Tree View" of the ARIA authoring practices.

import { count, el, inSentry, length, offset } from "./dom.js";
import { shown } from "./names.js";

/** Levels below this are folded at first, so that a page opens in time. */
const OPEN_LEVELS = 6;

function title(node) {
  if (node.kind === "call") {
    return [node.op ?? "call", node.name].filter(Boolean).join(" – ");
  }
  const what = node.title || node.name || "";
  return node.kind === "issue" ? node.type + (what ? ": " + what : "") : what || node.level || "error";
}

function fails(node) {
  return node.kind === "error" || (node.status !== null && node.status !== "" && node.status !== "ok");
}

function took(ms) {
  return ms < 10_000 ? ms + " ms" : length(ms);
}

function line(node) {
  const event = el("a", { class: "id", href: "/?kind=event&q=" + node.event_id, tabindex: "-1" }, shown(node.event_id).slice(0, 8));
  return el("span", { class: "node" + (fails(node) ? " bad" : "") },
    el("span", { class: "twist", "aria-hidden": "true" }),
    el("span", { class: "name" }, title(node)), " ",
    node.duration_ms === null ? null : el("span", { class: "muted" }, took(node.duration_ms) + " "),
    node.status && node.status !== "ok" ? el("span", {}, node.status + " ") : null,
    node.offset_ms === null ? null : el("span", { class: "muted" }, offset(node.offset_ms) + " "),
    el("span", { class: "muted" }, "project " + node.project_id + (node.platform ? " " + node.platform : "") + " "),
    node.profile_available ? el("span", { class: "muted" }, "profile available ") : null,
    node.missing_parent_span_id === null ? null
      : el("span", { class: "muted" }, "parent span " + node.missing_parent_span_id + " not found "),
    event, " ", inSentry(node.sentry_replay_url ?? node.sentry_url, "Event " + node.event_id));
}

function item(node, level) {
  const open = level < OPEN_LEVELS;
  return el("li", {
    role: "treeitem",
    "aria-level": String(level),
    tabindex: "-1",
    ...(node.children.length > 0 ? { "aria-expanded": String(open) } : {}),
  }, line(node), ...(node.children.length > 0
    ? [el("ul", { role: "group", hidden: !open }, ...node.children.map((child) => item(child, level + 1)))] : []));
}

function unfold(one, open) {
  if (one.hasAttribute("aria-expanded")) {
    one.setAttribute("aria-expanded", String(open));
    one.querySelector(":scope > ul").hidden = !open;
  }
}

function visible(root) {
  return [...root.querySelectorAll("[role=treeitem]")].filter((one) => one.parentElement.closest("ul[hidden]") === null);
}

function focus(root, one) {
  if (one) {
    root.querySelectorAll("[tabindex='0']").forEach((other) => other.setAttribute("tabindex", "-1"));
    one.setAttribute("tabindex", "0");
    one.focus();
  }
}

function onKey(root, event) {
  const one = event.target.closest("[role=treeitem]");
  if (!one || event.altKey || event.ctrlKey || event.metaKey) {
    return;
  }
  const all = visible(root);
  const at = all.indexOf(one);
  const open = one.getAttribute("aria-expanded");
  const moves = {
    ArrowDown: () => focus(root, all[at + 1]),
    ArrowUp: () => focus(root, all[at - 1]),
    Home: () => focus(root, all[0]),
    End: () => focus(root, all[all.length - 1]),
    ArrowRight: () => (open === "false" ? unfold(one, true) : open === "true" ? focus(root, all[at + 1]) : null),
    ArrowLeft: () => (open === "true" ? unfold(one, false) : focus(root, one.parentElement.closest("[role=treeitem]"))),
    Enter: () => one.querySelector(":scope > .node a.id").click(),
  };
  if (moves[event.key]) {
    event.preventDefault();
    moves[event.key]();
  }
}

/** The elements of one trace, as the answer to the question "tree" has it. */
export function tree(trace) {
  const root = el("ul", { role: "tree", class: "tree", "aria-label": "Calls and errors of trace " + trace.trace_id },
    ...trace.roots.map((node) => item(node, 1)));
  root.firstElementChild?.setAttribute("tabindex", "0");
  root.addEventListener("keydown", (event) => onKey(root, event));
  root.addEventListener("click", (event) => {
    const one = event.target.closest("[role=treeitem]");
    if (one && !event.target.closest("a")) {
      unfold(one, one.getAttribute("aria-expanded") === "false");
      focus(root, one);
    }
  });
  const rest = trace.nodes - trace.nodes_shown;
  return [
    el("p", { class: "muted" }, count(trace.nodes) + (trace.nodes === 1 ? " node, " : " nodes, ")
      + count(trace.errors) + (trace.errors === 1 ? " error. " : " errors. ")
      + "What was not sampled or not read is missing. Arrow keys move and fold."),
    root,
    rest > 0 ? el("p", { class: "notice warn" }, count(rest) + " later nodes are not shown.") : null,
  ];
}
