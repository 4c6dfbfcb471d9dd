package io.replaylinker.tools.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.runtime.settings.Settings;
import io.replaylinker.runtime.settings.SettingsReader;
import io.replaylinker.testkit.DocumentedBlock;
import io.replaylinker.tools.Installation;
import io.replaylinker.tools.SentryMessages;
import io.replaylinker.worker.health.WorkerWatch;
import io.replaylinker.worker.lifecycle.Worker;
import io.replaylinker.worker.metrics.Metric;
import io.replaylinker.worker.metrics.Metrics;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole worker between a real Kafka and a real ClickHouse, seen over HTTP. */
class WorkerWatchIT {

    private static final String REPLAY = "80febf0fc6694c97a19f6d0dcb535556";
    private static final String TRACE = "7ace0006000000000000000000058cf2";
    private static final Pattern SERIES = Pattern.compile("(?m)^([a-zA-Z_:]+)(?:\\{(.*)})? \\S+$");
    private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"");

    private static final Installation INSTALLATION = Installation.start();

    @TempDir
    private Path state = Path.of("");

    private final HttpClient client = HttpClient.newHttpClient();

    @AfterAll
    static void stop() {
        INSTALLATION.close();
    }

    @Test
    void shouldReportHowTheWorkerIsAndWhatItDoes() throws Exception {
        Settings settings = SettingsReader.of(
                INSTALLATION.settings(state, Map.of("sentry.event-links", "missing", "http.unready-after", "1s")));
        try (WorkerWatch watch = WorkerWatch.start(settings)) {
            assertThat(get(watch, "livez").statusCode()).isEqualTo(200);
            assertThat(get(watch, "readyz").statusCode()).isEqualTo(503);
            assertThat(get(watch, "readyz").body()).contains("failing", "worker: starting");

            try (Worker worker = Worker.start(settings, watch.registry())) {
                watch.watch(worker);
                INSTALLATION.produce(Installation.REPLAYS, SentryMessages.segment(REPLAY, TRACE));
                INSTALLATION.produce(
                        Installation.EVENTS,
                        SentryMessages.eventOfReplay("1102497293404247906e36789ab85c79", REPLAY),
                        SentryMessages.eventOfTrace("2202497293404247906e36789ab85c79", TRACE));
                INSTALLATION.produce("transactions", "no json");

                await(watch, "readyz", text -> text.startsWith("ok\n") && text.contains("sink links: running"));
                await(watch, "readyz", text -> text.contains("clickhouse: answers") && !text.contains("failing "));
                DocumentedBlock.of("docs/operations.md", "ok")
                        .shows("curl -s http://127.0.0.1:8080/readyz", health(watch));
                await(watch, "metrics", text -> value(text, "replay_linker_sink_rows_total{sink=\"links\"}") == 2);
                await(
                        watch,
                        "metrics",
                        text -> value(text, "replay_linker_lag_records{reader=\"links\",topic=\"replay-links\"}") == 0);
                await(watch, "metrics", text -> text.contains("replay_linker_control_total{"));
                await(
                        watch,
                        "metrics",
                        text -> value(text, "replay_linker_state_bytes{kind=\"events\",step=\"confirm\"}") > 0);
                String text = get(watch, "metrics").body();

                shouldMatchTheTable(text);
                assertThat(value(text, "replay_linker_records_total{topic=\"events\"}"))
                        .isEqualTo(2);
                assertThat(value(text, "replay_linker_links_total{method=\"replay_id\"}"))
                        .isEqualTo(1);
                assertThat(value(text, "replay_linker_rejected_total{reason=\"NOT_JSON\",topic=\"transactions\"}")
                                + value(
                                        text,
                                        "replay_linker_rejected_total{reason=\"MALFORMED\",topic=\"transactions\"}"))
                        .isEqualTo(1);
                assertThat(value(text, "replay_linker_join_state{state=\"running\"}"))
                        .isEqualTo(1);
                assertThat(value(text, "replay_linker_live")).isEqualTo(1);
                assertThat(value(text, "replay_linker_ready")).isEqualTo(1);
                assertThat(value(text, "replay_linker_sink_visible_seconds_bucket{sink=\"links\",le=\"3600.0\"}"))
                        .isPositive();
                assertThat(text).contains("jvm_memory_used_bytes{", "kafka_stream_thread_poll_ratio{");
                assertThat(text.lines().filter(line -> !line.startsWith("#")).count())
                        .isLessThan(900);

                INSTALLATION.produce(
                        Installation.EVENTS,
                        SentryMessages.eventOfNothing("4402497293404247906e36789ab85c79"),
                        SentryMessages.eventOfReplay("5502497293404247906e36789ab85c79", REPLAY.replace('8', 'c')));
                await(
                        watch,
                        "metrics",
                        now -> value(now, "replay_linker_waiting{step=\"confirm\"}") == 1
                                && MetricSums.of(now).allHold());

                // The page looks at its meters every 5 seconds.
                await(
                        watch,
                        "api/status",
                        page -> page.matches("(?s).*\"sink_rows\",\\s+\"label\" : \"links\",\\s+\"total\" : 2,.*"));
                assertThat(get(watch, "api/status").body())
                        .containsSubsequence("\"name\" : \"join\"", "\"state\" : \"good\"", "\"message\" : \"running\"")
                        .containsSubsequence("\"reader\" : \"join\"", "\"topic\" : \"events\"", "\"records\" : ");
                assertThat(get(watch, "api/why?q=22024972").body()).contains("looked up on trace " + TRACE);

                INSTALLATION.server().close();
                INSTALLATION.produce(
                        Installation.EVENTS, SentryMessages.eventOfReplay("3302497293404247906e36789ab85c79", REPLAY));
                await(
                        watch,
                        "metrics",
                        now -> value(now, "replay_linker_sink_state{sink=\"links\",state=\"retrying\"}") == 1);
                await(
                        watch,
                        "readyz",
                        now -> now.startsWith("failing\n") && now.contains("failing  sink links: no insert"));
                await(watch, "readyz", now -> now.contains("failing  clickhouse: "));
                DocumentedBlock.of("docs/operations.md", "failing")
                        .shows("curl -s http://127.0.0.1:8080/readyz", health(watch));
                assertThat(get(watch, "livez").statusCode()).isEqualTo(200);
                assertThat(get(watch, "livez").body()).contains("sink links: no insert succeeded for");
                assertThat(get(watch, "api/search?q=" + REPLAY).body()).contains("\"problem\" : \"ClickHouse at ");
            }
            assertThat(get(watch, "livez").body()).contains("join: has ended");
            assertThat(get(watch, "livez").statusCode()).isEqualTo(503);
        }
    }

    /**
     * As the handbook has it: a minute later, and without the sink of Sentry, which is off by default. Other sinks than that of the links fail
     * once they have something to insert.
     */
    private String health(WorkerWatch watch) throws IOException, InterruptedException {
        return get(watch, "readyz")
                .body()
                .replaceFirst(" +ok +sink sentry[^\\n]*\\n", "")
                .replaceAll("127\\.0\\.0\\.1:\\d+", "127.0.0.1:8123")
                .replaceAll("failing ( sink (?:states|unlinked|trace-nodes): ).*", "ok      $1running")
                .replaceFirst("succeeded for [^;]*;", "succeeded for 75 s;")
                .replaceFirst("not answered for [^:]*:", "not answered for 76 s:");
    }

    /** Every metric of the table, with its labels; and no other of ours. */
    private static void shouldMatchTheTable(String text) {
        Map<String, Set<String>> table = Metrics.ALL.stream()
                .flatMap(metric -> metric.series().stream().map(series -> Map.entry(series, labels(metric, series))))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        Set<String> found = new TreeSet<>();
        Matcher series = SERIES.matcher(text);
        while (series.find()) {
            String name = series.group(1);
            if (name.startsWith("replay_linker_")) {
                found.add(name);
                assertThat(table).as("is not in the table").containsKey(name);
                Set<String> labels = series.group(2) == null
                        ? Set.of()
                        : LABEL.matcher(series.group(2))
                                .results()
                                .map(label -> label.group(1))
                                .collect(Collectors.toSet());
                assertThat(labels).as(name).isEqualTo(table.get(name));
            }
        }
        assertThat(found).containsExactlyInAnyOrderElementsOf(table.keySet());
        for (Metric metric : Metrics.ALL) {
            assertThat(text)
                    .contains("# HELP " + metric.name() + " " + metric.help().replace("`", ""));
            assertThat(text)
                    .contains("# TYPE " + metric.name() + " " + metric.kind().label());
        }
    }

    private static Set<String> labels(Metric metric, String series) {
        Set<String> labels = new TreeSet<>(metric.labels());
        if (series.endsWith("_bucket")) {
            labels.add("le");
        }
        return labels;
    }

    private static double value(String text, String series) {
        return text.lines()
                .filter(line -> line.startsWith(series + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
                .findFirst()
                .orElse(0);
    }

    private void await(WorkerWatch watch, String path, Predicate<String> condition)
            throws IOException, InterruptedException {
        long deadline = System.nanoTime() + Installation.TIMEOUT.toNanos();
        String body = get(watch, path).body();
        while (!condition.test(body) && System.nanoTime() < deadline) {
            Thread.sleep(100);
            body = get(watch, path).body();
        }
        assertThat(condition.test(body)).as(body).isTrue();
    }

    private HttpResponse<String> get(WorkerWatch watch, String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + watch.port() + "/" + path);
        return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }
}
