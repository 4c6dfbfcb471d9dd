package io.replaylinker.local.visits;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sends the segments of a visitor's replay. */
final class Replayer {

    private static final long FLUSH_MS = 5_000;
    /** The page is quiet, and no segment is sent, this long after the last thing that happened on it. */
    private static final long QUIET_MS = 60_000;

    /** A recorder pauses after five idle minutes. */
    private static final long PAUSE_MS = 5 * 60_000;

    private final Dice dice;
    private final Delays delays;
    private final Ledger ledger;

    Replayer(Dice dice, Delays delays, Ledger ledger) {
        this.dice = dice;
        this.delays = delays;
        this.ledger = ledger;
    }

    void record(Visitor visitor) {
        Recording recording = visitor.recording;
        if (!recording.sent()) {
            return;
        }
        long first = recording.firstMs();
        long from = first;
        long at = recording.mode == Recording.Mode.SESSION ? first + FLUSH_MS : recording.flushMs + 50;
        long end = Math.min(recording.endMs, lastActivity(visitor) + PAUSE_MS);
        int number = 0;
        while (from < end) {
            long until = Math.min(at, end);
            if (number == 0 || until == end || isActive(visitor, until)) {
                segment(visitor, number++, from, until);
                from = until;
            }
            at = until + FLUSH_MS;
        }
    }

    private static boolean isActive(Visitor visitor, long at) {
        for (PageView view : visitor.views) {
            boolean shown = at >= view.startMs && at <= view.startMs + QUIET_MS;
            if (shown
                    || view.calls.stream()
                            .anyMatch(call -> !call.polled() && Math.abs(call.atMs() - at) < QUIET_MS / 3)) {
                return true;
            }
        }
        return false;
    }

    private static long lastActivity(Visitor visitor) {
        PageView last = visitor.views.get(visitor.views.size() - 1);
        long at = last.startMs + QUIET_MS;
        for (PageView.Call call : last.calls) {
            at = call.polled() ? at : Math.max(at, call.atMs());
        }
        for (long error : last.errorsMs) {
            at = Math.max(at, error);
        }
        return at;
    }

    private void segment(Visitor visitor, int number, long from, long until) {
        Recording recording = visitor.recording;
        List<String> traces = new ArrayList<>();
        for (Recording.Listed listed : recording.traces) {
            if (isIn(listed, from, until)) {
                String spelled = visitor.sdk == Sdk.SDK10 ? dashed(listed.id()) : listed.id();
                if (!traces.contains(spelled)) {
                    traces.add(spelled);
                    tie(visitor, listed.id(), until);
                }
            }
        }
        List<String> errors = new ArrayList<>();
        for (Recording.Listed listed : recording.errors) {
            if (isIn(listed, from, until)) {
                errors.add(listed.id());
                ledger.listsError(listed.id());
            }
        }
        long record = delays.ofSegment(visitor, until);
        ledger.seen(recording, record);
        ledger.send(
                Message.REPLAYS, null, outer(visitor, inner(visitor, number, until, traces, errors), record), record);
    }

    private static boolean isIn(Recording.Listed listed, long from, long until) {
        return listed.atMs() >= from && listed.atMs() < until;
    }

    private void tie(Visitor visitor, String traceId, long at) {
        for (PageView view : visitor.views) {
            if (view.trace.id.equals(traceId)) {
                ledger.tie(visitor.recording, view.trace, at + visitor.clockMs);
                return;
            }
        }
    }

    private JsonText outer(Visitor visitor, JsonText inner, long record) {
        boolean asBytes = dice.chance(0.2); // as older producers write it
        return new JsonText()
                .putIf("type", asBytes ? "replay_event" : null)
                .put("start_time", EventJson.seconds(record - 20))
                .put("replay_id", visitor.recording.replayId)
                .put("project_id", visitor.frontend())
                .put("retention_days", 90)
                .put("payload", asBytes ? bytes(inner.toString()) : inner);
    }

    private static List<Integer> bytes(String text) {
        return text.chars().boxed().toList(); // the text is ASCII
    }

    private JsonText inner(Visitor visitor, int number, long until, List<String> traces, List<String> errors) {
        Recording recording = visitor.recording;
        return new JsonText()
                .put("type", "replay_event")
                .put("replay_start_timestamp", EventJson.seconds(recording.firstMs() + visitor.clockMs))
                .put("timestamp", EventJson.seconds(until + visitor.clockMs))
                .put("error_ids", errors)
                .put("trace_ids", traces)
                .put("segment_names", List.of())
                .put("urls", number == 0 ? List.of("https://shop.example/p") : List.of())
                .put("replay_id", recording.replayId)
                .put("segment_id", number)
                .put("replay_type", recording.mode == Recording.Mode.BUFFER ? "buffer" : "session")
                .put("contexts", new JsonText())
                .put("event_id", recording.replayId)
                .put("environment", "prod")
                .put("release", "web@1")
                .put("platform", visitor.phone ? "android" : "javascript")
                .putIf("user", user(visitor.inBrowser))
                .put("tags", List.of());
    }

    /** A replay's user id may be a number where the events have text. */
    private @Nullable JsonText user(Names names) {
        String id = names.id();
        if (id != null && dice.chance("user id as a number", 0.3)) {
            return new JsonText().put("id", Long.valueOf(id)).putIf("ip_address", names.address());
        }
        return names.json();
    }

    private static String dashed(String id) {
        return String.join(
                "-",
                id.substring(0, 8),
                id.substring(8, 12),
                id.substring(12, 16),
                id.substring(16, 20),
                id.substring(20));
    }
}
