package io.replaylinker.worker.reprocess;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.replaylinker.topology.join.Rows;
import io.replaylinker.worker.cli.CommandFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunStoreTest {

    @TempDir
    private Path folder = Path.of("");

    @Test
    void shouldForgetWhatWasNotCommitted() {
        try (RunStore store = RunStore.open(folder)) {
            store.table('a').put(bytes("kept"), bytes("1"));
            store.note("at", "7");
            store.commit();
            store.table('a').put(bytes("lost"), bytes("2"));
            store.note("at", "8");
        }

        try (RunStore store = RunStore.open(folder)) {
            assertThat(store.table('a').get(bytes("kept"))).isEqualTo(bytes("1"));
            assertThat(store.table('a').get(bytes("lost"))).isNull();
            assertThat(store.note("at")).contains("7");
        }
    }

    @Test
    void shouldSayThatTheFolderCannotBeMade() throws IOException {
        Path file = Files.writeString(folder.resolve("state"), "");

        assertThatThrownBy(() -> RunStore.open(file.resolve("run")))
                .isInstanceOf(CommandFailedException.class)
                .hasMessageContaining("the run's folder cannot be made")
                .hasMessageContaining(file + "")
                .hasMessageContaining("is state.dir a folder, and may this user write there?");
    }

    @Test
    void shouldGoThroughRowsOfOneTableInOrderWhetherCommittedOrNot() {
        try (RunStore store = RunStore.open(folder)) {
            Rows rows = store.table('b');
            for (int row = 0; row < 200; row += 2) {
                rows.put(bytes("%03d".formatted(row)), bytes(""));
            }
            store.commit();
            for (int row = 1; row < 200; row += 2) {
                rows.put(bytes("%03d".formatted(row)), bytes(""));
            }
            rows.delete(bytes("100"));
            store.table('a').put(bytes("101"), bytes(""));
            store.table('c').put(bytes("101"), bytes(""));

            assertThat(keys(rows, "09", ""))
                    .hasSize(109)
                    .startsWith("090", "091")
                    .doesNotContain("100");
            assertThat(keys(rows, "15", "15")).hasSize(10);
        }
    }

    /** The join deletes and puts rows while it walks over others. */
    @Test
    void shouldGoOnWhileRowsChange() {
        try (RunStore store = RunStore.open(folder)) {
            Rows rows = store.table('b');
            for (int row = 0; row < 300; row++) {
                rows.put(bytes("%03d".formatted(row)), bytes(""));
            }
            int seen = 0;
            try (Rows.Cursor all = rows.prefix(bytes(""))) {
                while (all.hasNext()) {
                    rows.delete(all.next().key());
                    store.commit();
                    seen++;
                }
            }

            assertThat(seen).isEqualTo(300);
            assertThat(keys(rows, "", "")).isEmpty();
        }
    }

    @Test
    void shouldBelongToOneProcess() {
        try (RunStore store = RunStore.open(folder)) {
            assertThat(store.note("at")).isEmpty();
            assertThatThrownBy(() -> RunStore.open(folder))
                    .isInstanceOf(CommandFailedException.class)
                    .hasMessageContaining("is the same run going on in another process");
        }
    }

    private static List<String> keys(Rows rows, String from, String prefix) {
        List<String> keys = new ArrayList<>();
        try (Rows.Cursor all = rows.from(bytes(from), bytes(prefix))) {
            all.forEachRemaining(row -> keys.add(new String(row.key(), UTF_8)));
        }
        return keys;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
