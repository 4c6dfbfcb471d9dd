package io.replaylinker.local.visits;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * How well a system found the true links.
 *
 * @param lines the whole first, then by page, SDK and kind of event
 */
public record Score(List<Line> lines) {

    /** Copies the lines. */
    public Score {
        lines = List.copyOf(lines);
    }

    /**
     * One group of events.
     *
     * @param group {@code all}, {@code page}, {@code sdk} or {@code kind}
     * @param name the member of the group
     * @param events how many events there are
     * @param right links to the true replay
     * @param wrong links to another replay, or of an event that belongs to no replay
     * @param provable events whose link the wire proves
     * @param found how many of them are linked right
     */
    public record Line(String group, String name, int events, int right, int wrong, int provable, int found) {

        /** Share of links that are right, 0 to 1; 1 if there is no link. */
        public double precision() {
            return right + wrong == 0 ? 1 : (double) right / (right + wrong);
        }

        /** Share of provable links that were found, 0 to 1; 1 if no link is provable. */
        public double recall() {
            return provable == 0 ? 1 : (double) found / provable;
        }

        /** Provable links that were not found. */
        public int missed() {
            return provable - found;
        }

        private Line add(TrueEvent event, boolean linked, boolean correct) {
            return new Line(
                    group,
                    name,
                    events + 1,
                    right + (correct ? 1 : 0),
                    wrong + (linked && !correct ? 1 : 0),
                    provable + (event.provable() ? 1 : 0),
                    found + (event.provable() && correct ? 1 : 0));
        }
    }

    /**
     * Scores a system's links.
     *
     * @param events what is true
     * @param links replay id by event id, both 32 lower-case hex digits; an event without a link is not in it
     */
    public static Score of(List<TrueEvent> events, Map<String, String> links) {
        List<Line> lines = new ArrayList<>();
        lines.addAll(group("all", event -> "all", events, links));
        lines.addAll(group("page", event -> event.page().label(), events, links));
        lines.addAll(group("sdk", event -> event.sdk().label(), events, links));
        lines.addAll(group("kind", event -> event.kind().label(), events, links));
        return new Score(lines);
    }

    /** All events. */
    public Line total() {
        return lines.get(0);
    }

    private static List<Line> group(
            String group, Function<TrueEvent, String> name, List<TrueEvent> events, Map<String, String> links) {
        Map<String, Line> lines = new TreeMap<>();
        for (TrueEvent event : events) {
            String link = links.get(event.eventId());
            boolean correct = link != null && link.equals(event.replayId());
            lines.compute(name.apply(event), (key, line) -> (line == null ? new Line(group, key, 0, 0, 0, 0, 0) : line)
                    .add(event, link != null, correct));
        }
        return List.copyOf(lines.values());
    }

    /** A table of text, one line a group. */
    public String table() {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%-6s %-12s %8s %8s %6s %9s %7s %10s %7s%n",
                "group",
                "name",
                "events",
                "right",
                "wrong",
                "provable",
                "missed",
                "precision",
                "recall"));
        for (Line line : lines) {
            text.append(String.format(
                    Locale.ROOT,
                    "%-6s %-12s %8d %8d %6d %9d %7d %10.4f %7.4f%n",
                    line.group,
                    line.name,
                    line.events,
                    line.right,
                    line.wrong,
                    line.provable,
                    line.missed(),
                    line.precision(),
                    line.recall()));
        }
        return text.toString();
    }

    /** The same as a JSON array of objects. */
    public String json() {
        return JsonText.array(lines.stream().map(Score::json).toList());
    }

    private static JsonText json(Line line) {
        return new JsonText()
                .put("group", line.group)
                .put("name", line.name)
                .put("events", line.events)
                .put("right", line.right)
                .put("wrong", line.wrong)
                .put("provable", line.provable)
                .put("missed", line.missed())
                .put("precision", line.precision())
                .put("recall", line.recall());
    }
}
