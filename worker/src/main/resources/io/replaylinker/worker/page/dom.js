// Elements, numbers and times. Text is added as text nodes only, because names and ids in events come from outside.

const SVG = "http://www.w3.org/2000/svg";

function filled(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && value !== false) {
      node.setAttribute(name, value === true ? "" : value);
    }
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

export function el(tag, attributes = {}, ...children) {
  return filled(document.createElement(tag), attributes, children);
}

export function svg(tag, attributes = {}, ...children) {
  return filled(document.createElementNS(SVG, tag), attributes, children);
}

export function byId(id) {
  return document.getElementById(id);
}

/** Sets the text of an element only if it differs: a live region would announce it again. */
export function setText(node, text) {
  if (node.textContent !== text) {
    node.textContent = text;
  }
}

const WHOLE = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const SHORT = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });

/** 12, 1,234, 56.7K */
export function count(number) {
  return number < 10000 ? WHOLE.format(number) : SHORT.format(number);
}

/** 12, 1,234, 56,700 */
export function figure(number) {
  return WHOLE.format(number);
}

/** 0/s, 0.25/s, 12/s, 1.2K/s */
export function rate(perSecond) {
  if (perSecond > 0 && perSecond < 0.01) {
    return "<0.01/s";
  }
  const digits = perSecond < 1 ? 2 : perSecond < 10 ? 1 : 0;
  return (perSecond < 1000 ? String(Number(perSecond.toFixed(digits))) : SHORT.format(perSecond)) + "/s";
}

export function share(part, all) {
  return all === 0 ? "–" : (100 * part / all).toFixed(part === all ? 0 : 1) + " %";
}

/** 2026-10-05 09:00:00.123, UTC */
export function time(iso) {
  return iso === null ? "–" : new Date(iso).toISOString().replace("T", " ").replace("Z", "");
}

/** 0.4 s, 12 s, 1 min 30 s, 2 h 5 min, 3 d 4 h */
export function length(ms) {
  if (ms === null) {
    return "–";
  }
  const seconds = Math.floor(ms / 1000);
  if (seconds < 10) {
    return (ms / 1000).toFixed(1) + " s";
  }
  if (seconds < 60) {
    return seconds + " s";
  }
  if (seconds < 3600) {
    return Math.floor(seconds / 60) + " min " + (seconds % 60) + " s";
  }
  return seconds < 86400
    ? Math.floor(seconds / 3600) + " h " + (Math.floor(seconds / 60) % 60) + " min"
    : Math.floor(seconds / 86400) + " d " + (Math.floor(seconds / 3600) % 24) + " h";
}

/** 24 hours, 7 days */
export function past(ms) {
  const hours = Math.round(ms / 3600000);
  return hours <= 24 ? hours + " hours" : Math.round(hours / 24) + " days";
}

/** +4.170 s from the start of the replay, −1.530 s before it, +1 min 30.250 s, +2 h 5 min 0.000 s. A round time needs no milliseconds. */
export function offset(ms, exactly = true) {
  const all = Math.abs(ms);
  const hours = Math.floor(all / 3600000);
  const minutes = Math.floor(all / 60000) % 60;
  const seconds = (all % 60000) / 1000;
  const parts = [hours > 0 ? hours + " h" : "", hours > 0 || minutes > 0 ? minutes + " min" : "",
    exactly || seconds > 0 || all === 0 ? (exactly ? seconds.toFixed(3) : String(Number(seconds.toFixed(3)))) + " s" : ""];
  return (ms < 0 ? "−" : "+") + parts.filter((part) => part !== "").join(" ");
}

/** A link to a page of Sentry, in a tab of its own; null without an address, which the worker has checked. */
export function inSentry(address, what) {
  return address
    ? el("a", { class: "sentry", href: address, target: "_blank", rel: "noopener", "aria-label": what + " in Sentry, opens in a new tab" }, "Sentry ↗")
    : null;
}

async function copied(text) {
  if (navigator.clipboard) {
    await navigator.clipboard.writeText(text);
    return;
  }
  // Browsers have no clipboard for pages that come over plain HTTP from another machine.
  const field = el("textarea", { class: "hidden", "aria-hidden": "true" });
  field.value = text;
  document.body.append(field);
  field.select();
  document.execCommand("copy");
  field.remove();
}

/** A button that copies an id. */
export function copies(text, what) {
  const button = el("button", { type: "button", class: "copy", "aria-label": "Copy the id of " + what }, "Copy");
  button.addEventListener("click", async () => {
    try {
      await copied(text);
      button.textContent = "Copied";
      setText(byId("announce"), "Copied " + text + ".");
    } catch {
      button.textContent = "Not allowed";
    }
    setTimeout(() => { button.textContent = "Copy"; }, 2000);
  });
  return button;
}

/** The link from an id to its page in Sentry, or a button that copies the id. */
export function onwards(address, id, what) {
  return inSentry(address, what) ?? copies(id, what);
}

/** Ids of issues and projects may be larger than a number of JavaScript; those stay text. */
function exact(name, value, context) {
  return Number.isInteger(value) && !Number.isSafeInteger(value) && context ? context.source : value;
}

/** Sends a request to the worker. A failure becomes an Error with a message for the user. */
export async function ask(path, parameters = {}) {
  const query = new URLSearchParams(parameters).toString();
  let response;
  try {
    response = await fetch(path + (query === "" ? "" : "?" + query), { signal: AbortSignal.timeout(25000) });
  } catch {
    throw new Error("the worker does not answer");
  }
  let answer;
  try {
    answer = JSON.parse(await response.text(), exact);
  } catch {
    throw new Error("the worker answers " + response.status);
  }
  if (!response.ok) {
    throw new Error(answer.error);
  }
  return answer;
}
