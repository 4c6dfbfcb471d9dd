package io.replaylinker.local.dump;

import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.testkit.DocumentedBlock;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.Test;

class DumpReaderTest {

    private final List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    private final List<DumpProblem> problems = new ArrayList<>();

    @Test
    void shouldReadARecordAsKcatWritesIt() throws IOException {
        read("""
                {"topic":"events","partition":0,"offset":7,"tstype":"logappend","ts":1795174607107,"broker":1,\
                "headers":["operation","insert","none",null],"key":"22","payload":"[2,\\"insert\\",\\u0041é]"}
                """);

        assertThat(problems).isEmpty();
        assertThat(records).singleElement().satisfies(record -> {
            assertThat(record.topic()).isEqualTo("events");
            assertThat(record.timestamp()).isEqualTo(1795174607107L);
            assertThat(record.key()).asString(StandardCharsets.UTF_8).isEqualTo("22");
            assertThat(record.value()).asString(StandardCharsets.UTF_8).isEqualTo("[2,\"insert\",Aé]");
            assertThat(record.headers())
                    .containsExactly(
                            new RecordHeader("operation", "insert".getBytes(StandardCharsets.UTF_8)),
                            new RecordHeader("none", (byte[]) null));
        });
    }

    @Test
    void shouldReadATombstoneWithoutKeyAndTime() throws IOException {
        read("{\"topic\":\"events\",\"ts\":-1,\"key\":null,\"payload\":null}");

        assertThat(records).containsExactly(new ProducerRecord<>("events", null, null, null, null, List.of()));
    }

    @Test
    void shouldGiveBackEveryByteOfAPayloadThatIsNoText() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        line.writeBytes("{\"topic\":\"events\",\"payload\":\"\\u0000".getBytes(StandardCharsets.US_ASCII));
        for (int b = 0x7f; b <= 0xff; b++) {
            line.write(b);
        }
        line.writeBytes("\"}\n".getBytes(StandardCharsets.US_ASCII));

        read(line.toByteArray());

        byte[] expected = new byte[1 + 0x81];
        for (int b = 0x7f; b <= 0xff; b++) {
            expected[b - 0x7e] = (byte) b;
        }
        assertThat(records).singleElement().satisfies(record -> assertThat(record.value())
                .isEqualTo(expected));
    }

    @Test
    void shouldNameFileAndLineOfWhatIsNoRecordAndGoOn() throws IOException {
        read("""
                % Reached end of topic events

                {"topic":"events","payload":"a"}
                {"topic":"events","payload":{"avro":1}}
                {"payload":"a"}
                [1]
                {"topic":"events","ts":"x","payload":"a"}
                {"topic":"events","headers":["odd"],"payload":"a"}
                {"topic":"events","payload":"a"} {}
                {"topic":"events","payload":"cut o""");

        assertThat(records).hasSize(1);
        assertThat(problems.stream().map(DumpProblem::toString))
                .satisfiesExactly(
                        problem -> assertThat(problem).startsWith("dump.ndjson:1: not JSON: "),
                        problem -> assertThat(problem).startsWith("dump.ndjson:4: payload is not text"),
                        problem -> assertThat(problem).isEqualTo("dump.ndjson:5: a record without a topic"),
                        problem -> assertThat(problem).isEqualTo("dump.ndjson:6: not a JSON object"),
                        problem -> assertThat(problem).isEqualTo("dump.ndjson:7: ts is not a whole number"),
                        problem -> assertThat(problem).startsWith("dump.ndjson:8: headers is not a list of names"),
                        problem -> assertThat(problem).isEqualTo("dump.ndjson:9: something stands behind the record"),
                        problem -> assertThat(problem).startsWith("dump.ndjson:10: not JSON: "));
        DocumentedBlock.of(
                        "docs/commands.md",
                        "dump.ndjson:1: not JSON: Unexpected character ('%' (code 37)): expected a valid value (JSON String, Number, Array, Object or token 'null', 'true' or 'false')")
                .shows(problems.get(0).toString());
    }

    @Test
    void shouldReadAPayloadBeyondTheLimitsOfTheJsonLibrary() throws IOException {
        read("{\"topic\":\"events\",\"payload\":\"" + "x".repeat(25_000_000) + "\"}");

        assertThat(problems).isEmpty();
        assertThat(records).singleElement().satisfies(record -> assertThat(record.value())
                .hasSize(25_000_000));
    }

    private void read(String dump) throws IOException {
        read(dump.getBytes(StandardCharsets.UTF_8));
    }

    private void read(byte[] dump) throws IOException {
        new DumpReader("dump.ndjson", new ByteArrayInputStream(dump)).read(records::add, problems::add);
    }
}
