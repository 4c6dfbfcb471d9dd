package io.replaylinker.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.local.dump.DumpReader;
import io.replaylinker.local.evaluate.RecordedJoin;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Recorded traffic through decoders and join, without servers. The whole path is tried by {@link DemoIT}. */
class RecordedTrafficTest {

    private static final int ORDERS = 20;

    static Stream<Expected> recordings() {
        return Stream.concat(Expected.CAPTURES.stream(), Expected.REPORTS.stream());
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void shouldLinkARecordingAsItHappened(Expected recording) throws IOException {
        List<ProducerRecord<byte[], byte[]>> records = records(recording);
        records.sort(Comparator.comparing(ProducerRecord::timestamp));

        assertThat(links(records, true)).isEqualTo(recording.replays());
    }

    /** Within wait and memory, which outlast these recordings, the order is of no account. */
    @ParameterizedTest
    @MethodSource("recordings")
    void shouldLinkARecordingInAnyOrderTheSame(Expected recording) throws IOException {
        List<ProducerRecord<byte[], byte[]>> records = records(recording);
        for (int seed = 0; seed < ORDERS; seed++) {
            Collections.shuffle(records, new Random(seed));

            assertThat(links(records, false)).as("seed %d", seed).isEqualTo(recording.replays());
        }
    }

    private static Map<String, String> links(List<ProducerRecord<byte[], byte[]>> records, boolean timed) {
        RecordedJoin join = new RecordedJoin();
        for (ProducerRecord<byte[], byte[]> record : records) {
            if (timed) {
                join.advance(record.timestamp());
            }
            join.read(record.topic(), record.headers(), record.value(), record.timestamp());
        }
        join.close();
        return join.links();
    }

    private static List<ProducerRecord<byte[], byte[]>> records(Expected recording) throws IOException {
        byte[] dump = String.join("\n", recording.lines()).getBytes(StandardCharsets.UTF_8);
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        new DumpReader(recording.dump(), new ByteArrayInputStream(dump)).read(records::add, problem -> {
            throw new AssertionError(problem);
        });
        return records;
    }
}
