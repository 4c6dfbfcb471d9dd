package io.replaylinker.worker.members;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.replaylinker.runtime.json.JsonFields;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportJsonTest {

    private static final MemberReport REPORT = new MemberReport(
            "1.2.3",
            List.of("join", "sink"),
            "restoring",
            42,
            List.of(
                    new Assigned("join", "replay-linker-by-trace", List.of(0, 3), 7L),
                    new Assigned("links", "replay-links", List.of(1), null)),
            Instant.parse("2026-10-05T09:00:00Z"),
            1_000);

    @Test
    void shouldReadWhatItWrites() throws IOException {
        assertThat(read(JsonFields.document(json -> ReportJson.write(REPORT, json))))
                .isEqualTo(REPORT);
    }

    @Test
    void shouldReadOtherReleases() throws IOException {
        MemberReport older = read("{\"state\":\"running\"}");
        MemberReport newer = read("""
                {"state":"frozen","more":{"a":[1,{"b":2}]},"version":null,"assigned":[{"reader":"join","topic":"t",\
                "partitions":[],"share":0.5,"lag":null}]}""");

        assertThat(older).isEqualTo(new MemberReport(null, List.of(), "running", 0, List.of(), null, 0));
        assertThat(newer.state()).isEqualTo("frozen");
        assertThat(newer.assigned()).containsExactly(new Assigned("join", "t", List.of(), null));
    }

    @Test
    void shouldRefuseWhatIsNoReport() {
        assertThat(List.of(
                        "",
                        "[]",
                        "{}",
                        "{\"state\":null}",
                        "<html>",
                        "{\"state\":\"running\"",
                        "{\"state\":7}",
                        "{\"state\":\"running\",\"roles\":\"join\"}",
                        "{\"state\":\"running\",\"roles\":[1]}",
                        "{\"state\":\"running\",\"assigned\":[[]]}",
                        "{\"state\":\"running\",\"uptime_ms\":1e99}",
                        "{\"state\":\"running\",\"uptime_ms\":99999999999999999999999}",
                        "{\"state\":\"running\",\"started_at\":\"yesterday\"}"))
                .allSatisfy(body -> assertThatThrownBy(() -> read(body)).isInstanceOf(IOException.class));
    }

    @Test
    void shouldSumTheLagWhereAllOfItIsKnown() {
        Assigned known = new Assigned("join", "events", List.of(0), 5L);

        assertThat(REPORT.lag()).isNull();
        assertThat(new MemberReport(null, List.of(), "running", 0, List.of(known, known), null, 0).lag())
                .isEqualTo(10);
    }

    private static MemberReport read(String body) throws IOException {
        return ReportJson.read(body.getBytes(StandardCharsets.UTF_8));
    }
}
