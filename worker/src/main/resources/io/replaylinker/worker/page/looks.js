// The appearance of an event in a time line and in a table.

/** Looks in the order of their weight, as the worker names them in a density. */
export const LOOKS = {
  error: ["error", "errors"],
  failed_call: ["failing call", "failing calls"],
  warning: ["warning", "warnings"],
  call: ["call", "calls"],
  other: ["other event", "other events"],
};

const NO_FAILURE = ["ok", "cancelled", "unknown"];

/** The same rule as that of a density in the tables. */
export function look(event) {
  if (event.kind.endsWith(" call")) {
    return event.status === null || NO_FAILURE.includes(event.status) ? "call" : "failed_call";
  }
  if (event.kind.endsWith(" occurrence") || event.level === "info" || event.level === "debug") {
    return "other";
  }
  return event.level === "warning" ? "warning" : "error";
}

/** A label for people: the level of an error, the status of a call. */
export function named(event) {
  return event.kind.endsWith(" call")
    ? "call" + (event.status !== null && event.status !== "ok" ? " " + event.status : "")
    : event.level ?? event.type ?? "event";
}

/** Milliseconds from the start of the replay to the event; of a call to its end. */
export function placed(event, replay) {
  return Date.parse(event.happened_at) - Date.parse(replay.started_at);
}
