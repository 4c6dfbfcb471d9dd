// Labels of methods and reasons, each with its color.

/** In the order of their strength; a color belongs to a name and not to a place. */
export const METHODS = {
  replay_id: ["by id", 0],
  error_id: ["by recorder", 1],
  span: ["by span", 3],
  trace: ["by trace", 2],
  user: ["by user", 4],
};

export const REASONS = {
  REPLAY_NOT_SEEN: ["replay not seen", 3],
  BUFFER_NOT_SENT: ["buffer not sent", 6],
  TRACE_NOT_SEEN: ["trace not seen", 5],
  UNRECORDED_VISIT: ["visit not recorded", 2],
  SHARED_TRACE: ["shared trace", 0],
  OUTSIDE_REPLAY: ["outside the replay", 1],
  USER_MISMATCH: ["other user", 4],
  TENANT_MISMATCH: ["other organization", 4],
  ARCHIVED: ["replay deleted", 6],
  NO_EVIDENCE: ["nothing named", 7],
  UNKNOWN: ["unknown", 7],
};

/** The tables that sinks fill. */
export const SINKS = {
  links: ["links", 0],
  unlinked: ["events without a link", 3],
  states: ["states of replays", 1],
  "trace-nodes": ["nodes of traces", 2],
};

/** An unknown name of another release is shown unchanged. */
export function by(method) {
  return (METHODS[method] ?? [method === "unknown" ? "–" : method.replace("_", " ")])[0];
}

/** Of an event's id: of a streamed span the span id, which is looked up as well. */
export function shown(eventId) {
  return /[1-9a-f].*0{16}$/.test(eventId) && eventId.length === 32 && !/^0{16}/.test(eventId) ? eventId.slice(0, 16) : eventId;
}
