package io.replaylinker.tools.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.runtime.settings.Settings;
import io.replaylinker.runtime.settings.SettingsReader;
import io.replaylinker.tools.Installation;
import io.replaylinker.worker.health.WorkerWatch;
import io.replaylinker.worker.lifecycle.Worker;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workers that find each other through a real Kafka: two with a join, one with sinks alone. */
class AllWorkersIT {

    private static final Pattern BY = Pattern.compile("-by-[a-z]+\",\\s+\"partitions\" : \\[([ 0-9,]+)]");
    private static final Installation INSTALLATION = Installation.start();

    @TempDir
    private Path state = Path.of("");

    private final HttpClient client = HttpClient.newHttpClient();

    @AfterAll
    static void stop() {
        INSTALLATION.close();
    }

    @Test
    void shouldListAllWorkersOnThePageOfEach() throws Exception {
        try (Running first = start("join,sink");
                Running second = start("join");
                Running sink = start("sink")) {
            Rows all = await(
                    first,
                    rows -> rows.all().size() == 3 && rows.haveField("state", "\"running\"") && rows.joins() == 6);

            assertThat(all.of(first))
                    .contains("\"self\" : true", "\"roles\" : [ \"join\", \"sink\" ]", "\"problem\" : null");
            assertThat(all.of(second))
                    .contains("\"self\" : false", "\"roles\" : [ \"join\" ]", "\"reader\" : \"join\"");
            assertThat(all.of(sink)).contains("\"self\" : false", "\"roles\" : [ \"sink\" ]");
            assertThat(all.text()).contains("\"problems\" : [ ]");
            await(first, rows -> rows.all().stream().noneMatch(row -> row.contains("\"lag\" : null")));
            await(first, rows -> rows.of(sink).contains("\"topic\" : \"replay-links\""));

            // The page of the sinks cannot know the joins.
            Rows sinks = await(sink, rows -> rows.all().size() == 2);
            assertThat(sinks.of(first)).contains("\"self\" : false", "\"reader\" : \"join\"");
            assertThat(sinks.of(sink)).contains("\"self\" : true");
            assertThat(sinks.text()).contains("this worker has no join");

            assertThat(get(second, "api/member", "")).contains("401", "http.token");
            assertThat(get(second, "api/member", "all-workers"))
                    .contains("\"state\" : \"running\"")
                    .doesNotContain("address");

            second.watch().close();
            Rows away = await(first, rows -> rows.of(second).contains("\"state\" : \"unreachable\""));
            assertThat(away.of(second)).contains("connection refused", "\"reader\" : \"join\"", "\"uptime_ms\" : null");

            second.worker().close();
            await(first, rows -> rows.all().size() == 2 && rows.haveField("state", "\"running\"") && rows.joins() == 6);
        }
    }

    private record Running(WorkerWatch watch, Worker worker) implements AutoCloseable {

        @Override
        public void close() {
            watch.close();
            worker.close();
        }
    }

    /** The answer, and its members by their addresses. */
    private record Rows(String text) {

        List<String> all() {
            return Arrays.stream(text.split("\"address\" : ", -1)).skip(1).toList();
        }

        String of(Running worker) {
            String address = "\"" + worker.watch().address().orElse("") + "\"";
            return all().stream()
                    .filter(row -> row.startsWith(address))
                    .findFirst()
                    .orElse("");
        }

        boolean haveField(String name, String value) {
            return all().stream().allMatch(row -> row.contains("\"" + name + "\" : " + value));
        }

        /** How many partitions between the steps the members have: there are three topics of two. */
        int joins() {
            return BY.matcher(text)
                    .results()
                    .map((MatchResult found) -> found.group(1).split(",", -1).length)
                    .mapToInt(Integer::intValue)
                    .sum();
        }
    }

    private Running start(String roles) {
        Settings settings = SettingsReader.of(INSTALLATION.settings(
                state,
                // As many partitions as workers with sinks: with one, chance decides who reads it.
                Map.of(
                        "roles",
                        roles,
                        "shuffle.partitions",
                        "2",
                        "topics.partitions",
                        "2",
                        "http.token",
                        "all-workers")));
        WorkerWatch watch = WorkerWatch.start(settings);
        Worker worker = Worker.start(settings, watch.registry(), watch.address().orElse(null));
        watch.watch(worker);
        return new Running(watch, worker);
    }

    private Rows await(Running worker, Predicate<Rows> condition) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + Installation.TIMEOUT.toNanos();
        Rows rows = new Rows(get(worker, "api/members", "all-workers"));
        while (!condition.test(rows) && System.nanoTime() < deadline) {
            Thread.sleep(500);
            rows = new Rows(get(worker, "api/members", "all-workers"));
        }
        assertThat(condition.test(rows)).as(rows.text()).isTrue();
        return rows;
    }

    /** The status, and the body. */
    private String get(Running worker, String path, String token) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + worker.watch().port() + "/" + path);
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("Authorization", "Bearer " + token)
                .build();
        HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
        return response.statusCode() + " " + response.body();
    }
}
