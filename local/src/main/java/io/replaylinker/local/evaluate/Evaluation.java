package io.replaylinker.local.evaluate;

import io.replaylinker.local.visits.Baselines;
import io.replaylinker.local.visits.Message;
import io.replaylinker.local.visits.Mix;
import io.replaylinker.local.visits.Score;
import io.replaylinker.local.visits.Traffic;
import io.replaylinker.local.visits.VisitGenerator;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

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

    private Evaluation() {
        GROUPS.forEach(group -> rows.put(group, new LinkedHashMap<>()));
    }

    /**
     * Simulates the visits of each mix with each seed, links them and scores the links, with all processors at once.
     *
     * @param seeds the same ones give the same visits
     * @param progress gets a line when a mix is done, from any thread
     */
    public static Evaluation of(List<Mix> mixes, List<Long> seeds, Consumer<String> progress) {
        List<Run> runs = seeds.stream()
                .flatMap(seed -> mixes.stream().map(mix -> new Run(mix, seed)))
                .toList();
        AtomicInteger done = new AtomicInteger();
        List<List<Row>> scored = runs.parallelStream()
                .map(run -> {
                    List<Row> rows = run.score();
                    progress.accept("%d of %d: %s, seed %d"
                            .formatted(
                                    done.incrementAndGet(),
                                    runs.size(),
                                    run.mix().name(),
                                    run.seed()));
                    return rows;
                })
                .toList();
        Evaluation evaluation = new Evaluation();
        scored.forEach(rows -> rows.forEach(evaluation::add));
        return evaluation;
    }

    /**
     * Scores of a group of events.
     *
     * @param ours score of the join's links
     * @param sdkId score of links by the id that the SDK put on the event, as Sentry links
     * @param anyTrace score of links to the nearest replay on the event's trace, as a query would find it
     */
    public record Row(String group, String name, Score.Line ours, Score.Line sdkId, Score.Line anyTrace) {

        private Row plus(Row other) {
            return new Row(group, name, sum(ours, other.ours), sum(sdkId, other.sdkId), sum(anyTrace, other.anyTrace));
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

    private record Run(Mix mix, long seed) {

        List<Row> score() {
            Traffic traffic = VisitGenerator.generate(mix, seed);
            Score ours = Score.of(traffic.events(), links(traffic));
            Score sdkId = Score.of(traffic.events(), Baselines.sdkIdAlone(traffic));
            Score anyTrace = Score.of(traffic.events(), Baselines.anyTraceMatch(traffic));
            List<Row> rows = new ArrayList<>();
            rows.add(new Row(MIX, mix.name(), ours.total(), sdkId.total(), anyTrace.total()));
            rows.add(new Row(POOL, pool(), ours.total(), sdkId.total(), anyTrace.total()));
            for (int i = 0; i < ours.lines().size(); i++) {
                Score.Line line = ours.lines().get(i);
                rows.add(new Row(
                        line.group(),
                        line.name(),
                        line,
                        sdkId.lines().get(i),
                        anyTrace.lines().get(i)));
            }
            return rows;
        }

        private String pool() {
            return (mix.sdk11() > 0 ? "sdk11" : "sdk10") + "-" + Math.round(100 * mix.recorded());
        }

        private static Map<String, String> links(Traffic traffic) {
            RecordedJoin join = new RecordedJoin();
            for (Message message : traffic.messages()) {
                join.advance(message.timestampMs());
                join.read(message.topic(), message.value(), message.timestampMs());
            }
            join.close();
            return join.links();
        }
    }

    private void add(Row row) {
        Map<String, Row> group = rows.get(row.group());
        if (group != null) {
            group.merge(row.name(), row, Row::plus);
        }
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
