package io.replaylinker.local.dump;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TimeOrderTest {

    private static final long SEED = 2026;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void shouldHandOverRecordsInTheOrderOfTheirTimeFromHeapAndDisk() throws IOException {
        // Given 1,000 records, of which some ten fit on the heap
        TimeOrder order = new TimeOrder(folder, 4_000);
        Random random = new Random(SEED);
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            records.add(record(i, random.nextInt(50)));
        }

        // When
        for (ProducerRecord<byte[], byte[]> record : records) {
            order.add(record);
        }
        List<ProducerRecord<byte[], byte[]>> read = new ArrayList<>();
        order.forEach(read::add);

        // Then equal times are in the order in which they came
        records.sort(Comparator.comparing(ProducerRecord::timestamp));
        assertThat(texts(read)).as("seed %d", SEED).isEqualTo(texts(records));
        try (Stream<Path> runs = Files.list(folder)) {
            assertThat(runs.count()).isGreaterThan(50);
        }
    }

    @Test
    void shouldLeaveASmallDumpOnTheHeap() throws IOException {
        TimeOrder order = new TimeOrder(folder);
        order.add(record(1, 7));
        order.add(record(2, 3));

        List<Long> times = new ArrayList<>();
        order.forEach(record -> times.add(record.timestamp()));

        assertThat(times).containsExactly(3L, 7L);
        assertThat(folder).isEmptyDirectory();
    }

    private static List<String> texts(List<ProducerRecord<byte[], byte[]>> records) {
        return records.stream()
                .map(record -> record.topic() + " " + record.timestamp() + " " + Arrays.toString(record.key()) + " "
                        + Arrays.toString(record.value()) + " " + record.headers())
                .toList();
    }

    /** With and without key, value and headers. */
    private static ProducerRecord<byte[], byte[]> record(int number, long timestampMs) {
        byte[] bytes = ("record " + number).getBytes(StandardCharsets.UTF_8);
        return new ProducerRecord<>(
                number % 2 == 0 ? "events" : "ingest-spans",
                null,
                timestampMs,
                number % 3 == 0 ? null : bytes,
                number % 5 == 0 ? null : bytes,
                number % 7 == 0
                        ? List.of(new RecordHeader("kind", bytes), new RecordHeader("empty", null))
                        : List.of());
    }
}
