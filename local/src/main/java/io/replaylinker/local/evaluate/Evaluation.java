package io.replaylinker.local.evaluate;

import io.replaylinker.testkit.visits.Baselines;
import io.replaylinker.testkit.visits.Message;
import io.replaylinker.testkit.visits.Mix;
import io.replaylinker.testkit.visits.Score;
import io.replaylinker.testkit.visits.Traffic;
import io.replaylinker.testkit.visits.VisitGenerator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Scores the links of the join on simulated visits, beside those of two others, over any number of mixes and seeds. */
public final class Evaluation {

    /** Groups of {@link #rows()}, in their order. */
    public static final String MIX = "mix";

    /** All pages of one SDK with one share of visits recorded. */
    public static final String POOL = "pool";

    public static final String PAGE = "page";
    public static final String SDK = "sdk";
    public static final String ALL = "all";

    private static final List<String> GROUPS = List.of(MIX, POOL, PAGE, SDK, ALL);

    private final Map<String, Map<String, Row>> rows = new LinkedHashMap<>();

    /** Nothing scored yet. */
    public Evaluation() {
        GROUPS.forEach(group -> rows.put(group, new LinkedHashMap<>()));
    }

    /**
     * Events that belong together.
     *
     * @param ours links of the join
     * @param sdkId what the id that the SDK put on the event gives, as Sentry links
     * @param anyTrace what the nearest replay on the event's trace gives, as a query would
     */
    public record Row(String group, String name, Score.Line ours, Score.Line sdkId, Score.Line anyTrace) {

        private Row plus(Row other) {
            return new Row(
                    group,
                    name,
                    sum(ours, other.ours),
                    sum(sdkId, other.sdkId),
                    sum(anyTrace, other.anyTrace));
        }

        private static Score.Line sum(Score.Line a, Score.Line b) {
            return new Score.Line(
                    a.group(),
                    a.name(),
                    a.events() + b.events(),
                    a.right() + b.right(),
                    a.wrong() + b.wrong(),
                    a.provable() + b.provable(),
                    a.found() + b.found());
        }
    }

    /**
     * Simulates the visits of a mix, links them and adds the score.
     *
     * @param seed the same seed gives the same visits
     */
    public void run(Mix mix, long seed) {
        Traffic traffic = VisitGenerator.generate(mix, seed);
        Score ours = Score.of(traffic.events(), links(traffic));
        Score sdkId = Score.of(traffic.events(), Baselines.sdkIdAlone(traffic));
        Score anyTrace = Score.of(traffic.events(), Baselines.anyTraceMatch(traffic));
        add(new Row(MIX, mix.name(), ours.total(), sdkId.total(), anyTrace.total()));
        add(new Row(POOL, pool(mix), ours.total(), sdkId.total(), anyTrace.total()));
        for (int i = 0; i < ours.lines().size(); i++) {
            Score.Line line = ours.lines().get(i);
            if (rows.containsKey(line.group())) {
                add(new Row(
                        line.group(),
                        line.name(),
                        line,
                        sdkId.lines().get(i),
                        anyTrace.lines().get(i)));
            }
        }
    }

    private static Map<String, String> links(Traffic traffic) {
        RecordedJoin join = new RecordedJoin();
        for (Message message : traffic.messages()) {
            join.advance(message.timestampMs());
            join.read(message.topic(), message.value(), message.timestampMs());
        }
        join.close();
        return new HashMap<>(join.links());
    }

    private static String pool(Mix mix) {
        return (mix.sdk11() > 0 ? "sdk11" : "sdk10") + "-" + Math.round(100 * mix.recorded());
    }

    private void add(Row row) {
        rows.getOrDefault(row.group(), new LinkedHashMap<>()).merge(row.name(), row, Row::plus);
    }

    /** Every group's rows, those of a group in the order in which they came first. */
    public List<Row> rows() {
        List<Row> all = new ArrayList<>();
        rows.values().forEach(group -> all.addAll(group.values()));
        return all;
    }

    /** The rows of one group. */
    public List<Row> rows(String group) {
        return List.copyOf(rows.getOrDefault(group, Map.of()).values());
    }
}
