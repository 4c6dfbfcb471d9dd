package io.replaylinker.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Everything twice, in other batches and another order: what each table holds in the end, and each documented query's answer, are
 * those of one clean insert.
 */
class TablesRedeliveryIT extends OnTables {

    @ParameterizedTest
    @ValueSource(longs = {1, 20_261_120, 77})
    void shouldAnswerTheSameWhenEverythingComesTwice(long seed) {
        Random random = new Random(seed);
        History history = History.of(random);
        tables.insert(history);
        Map<String, List<String>> clean = TableContents.of(database);
        tables.insert(history);

        inOtherBatches(history.links(), this::insertLinks, random);
        inOtherBatches(history.replayStates(), this::insertReplayStates, random);
        inOtherBatches(history.unlinked(), this::insertUnlinked, random);

        TableContents.of(database)
                .forEach((name, rows) ->
                        assertThat(rows).as("%s, seed %d", name, seed).isEqualTo(clean.get(name)));
    }

    @ParameterizedTest
    @ValueSource(longs = {2, 42})
    void shouldAnswerTheSameInAnotherOrderAndWithoutTokens(long seed) {
        Random random = new Random(seed);
        History history = History.of(random);
        tables.insert(history);
        Map<String, List<String>> clean = TableContents.of(database);
        makeTables();
        List<Runnable> inserts = new ArrayList<>();
        for (int time = 0; time < 2; time++) {
            History.batches(history.links(), random)
                    .forEach(some -> inserts.add(() -> plainly(some, new LinkColumns()::encode, LinkColumns.TABLE)));
            History.batches(history.replayStates(), random)
                    .forEach(some -> inserts.add(
                            () -> plainly(some, new ReplayStateColumns()::encode, ReplayStateColumns.TABLE)));
            History.batches(history.unlinked(), random)
                    .forEach(some ->
                            inserts.add(() -> plainly(some, new UnlinkedColumns()::encode, UnlinkedColumns.TABLE)));
        }
        Collections.shuffle(inserts, random);

        inserts.forEach(Runnable::run);

        TableContents.of(database)
                .forEach((name, rows) ->
                        assertThat(rows).as("%s, seed %d", name, seed).isEqualTo(clean.get(name)));
    }

    private static <T> void inOtherBatches(List<T> values, Consumer<List<T>> insert, Random random) {
        History.batches(values, random).forEach(insert);
    }

    /** As by a tool without tokens, on a server that does not deduplicate. */
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
}
