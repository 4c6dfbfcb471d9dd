package io.replaylinker.sinks.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.sinks.RowEncoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Everything twice, in other batches and another order: what each table holds in the end, and each documented query's answer, are
 * those of one clean insert.
 */
class TablesRedeliveryIT extends OnTables {

    private static final DocumentedQueries QUERIES = new DocumentedQueries();

    private static final List<String> TABLES = List.of(
            "replay_links FINAL",
            "replays FINAL",
            "replays_by_issue FINAL",
            "replays_by_transaction FINAL",
            "replays_by_trace FINAL",
            "link_coverage FINAL",
            "link_freshness FINAL",
            "link_outcomes");

    @ParameterizedTest
    @ValueSource(longs = {1, 20_261_120, 77})
    void shouldAnswerTheSameWhenEverythingComesTwice(long seed) {
        Random random = new Random(seed);
        History history = History.of(random);
        insertAll(history);
        Map<String, List<String>> clean = answers();
        insertAll(history);

        inOtherBatches(history.links(), this::insertLinks, random);
        inOtherBatches(history.lives(), this::insertLives, random);
        inOtherBatches(history.unlinked(), this::insertUnlinked, random);

        answers()
                .forEach((name, rows) ->
                        assertThat(rows).as("%s, seed %d", name, seed).isEqualTo(clean.get(name)));
    }

    @ParameterizedTest
    @ValueSource(longs = {2, 42})
    void shouldAnswerTheSameInAnotherOrderAndWithoutTokens(long seed) {
        Random random = new Random(seed);
        History history = History.of(random);
        insertAll(history);
        Map<String, List<String>> clean = answers();
        makeTables();
        List<Runnable> inserts = new ArrayList<>();
        for (int time = 0; time < 2; time++) {
            batches(history.links(), random)
                    .forEach(some -> inserts.add(() -> plainly(some, new LinkColumns(), LinkColumns.TABLE)));
            batches(history.lives(), random)
                    .forEach(some -> inserts.add(() -> plainly(some, new LifeColumns(), LifeColumns.TABLE)));
            batches(history.unlinked(), random)
                    .forEach(some -> inserts.add(() -> plainly(some, new UnlinkedColumns(), UnlinkedColumns.TABLE)));
        }
        Collections.shuffle(inserts, random);

        inserts.forEach(Runnable::run);

        answers()
                .forEach((name, rows) ->
                        assertThat(rows).as("%s, seed %d", name, seed).isEqualTo(clean.get(name)));
    }

    private void insertAll(History history) {
        insertLives(history.lives());
        insertLinks(history.links());
        insertUnlinked(history.unlinked());
    }

    private static <T> void inOtherBatches(List<T> values, Consumer<List<T>> insert, Random random) {
        batches(values, random).forEach(insert);
    }

    private static <T> List<List<T>> batches(List<T> values, Random random) {
        List<T> shuffled = new ArrayList<>(values);
        Collections.shuffle(shuffled, random);
        List<List<T>> batches = new ArrayList<>();
        for (int from = 0; from < shuffled.size(); ) {
            int to = Math.min(from + 1 + random.nextInt(60), shuffled.size());
            batches.add(shuffled.subList(from, to));
            from = to;
        }
        return batches;
    }

    /** As by a tool that knows nothing of tokens, on a server that was told to drop nothing. */
    private <T> void plainly(List<T> values, RowEncoder<T> encoder, Table table) {
        ByteArrayOutputStream rows = new ByteArrayOutputStream();
        try {
            for (T value : values) {
                encoder.encode(value, RECORD_MS, rows);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        database.insertWithoutToken(table, rows.toByteArray());
    }

    /** Of every table all its columns, and of every documented query the answer. */
    private Map<String, List<String>> answers() {
        Map<String, List<String>> answers = new LinkedHashMap<>();
        TABLES.forEach(table -> answers.put(table, database.queryInside(everything(table))));
        QUERIES.names().stream()
                .filter(name -> !name.equals("coverage by hour"))
                .forEach(name -> answers.put(name, QUERIES.ask(database, name, parameters(name))));
        assertThat(answers.values()).noneMatch(List::isEmpty);
        return answers;
    }

    private static String everything(String table) {
        String columns = table.startsWith("replays FINAL") ? "* EXCEPT (errors), finalizeAggregation(errors)" : "*";
        return "SELECT " + columns + " FROM " + table + " ORDER BY ALL";
    }

    private static Map<String, ?> parameters(String query) {
        List<String> replays =
                LongStream.range(0, 12).mapToObj(SampleLinks::replayHex).toList();
        return Map.ofEntries(
                Map.entry(
                        "replay",
                        query.equals("replay")
                                ? SampleLinks.replayHex(1)
                                : SampleLinks.replayHex(1).substring(0, 8)),
                Map.entry("event", "00000000"),
                Map.entry("trace", "00000000"),
                Map.entry("traces", List.of(SampleLinks.hex(0x7000), SampleLinks.hex(0x7001))),
                Map.entry("issue", 2),
                Map.entry("transaction", "/a"),
                Map.entry("project", query.equals("transaction") ? 11 : 12),
                Map.entry("replays", replays),
                Map.entry("min_duration_ms", 1_000),
                Map.entry("from", query.equals("coverage") ? "2026-02-01 00:00:00" : "2026-02-01"),
                Map.entry("until", query.equals("coverage") ? "2026-03-31 00:00:00" : "2026-03-31"));
    }
}
