package io.replaylinker.sinks.clickhouse;

import io.replaylinker.clickhouse.ClickHouse;
import io.replaylinker.clickhouse.LinkColumns;
import io.replaylinker.embedded.EmbeddedClickHouse;
import io.replaylinker.schemas.EventSummary;
import io.replaylinker.schemas.Link;
import io.replaylinker.sinks.Batch;
import io.replaylinker.sinks.BatchInserter;
import io.replaylinker.sinks.Batches;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rows a second by each way into the table, in one run: {@code mvn -pl sinks -am verify -Dit.test=InsertPathMeasurement}. Not part of
 * the tests; the decision that rests on it is in {@code docs/adr/0007-clickhouse-insert-path.md}.
 */
class InsertPathMeasurement {

    private static final Logger LOG = LoggerFactory.getLogger(InsertPathMeasurement.class);
    private static final int BATCH_ROWS = 10_000;
    private static final int BATCHES = 10;
    private static final int ROUNDS = 5;

    private interface Path {
        void insert(List<Link> links) throws Exception;
    }

    private long next = 1;

    @Test
    void compare() throws Exception {
        try (EmbeddedClickHouse server = EmbeddedClickHouse.start()) {
            TestDatabase database = TestDatabase.migrated(server);
            BatchInserter inserter = TableSink.LINKS.inserter(
                    new ClickHouse(database.clickHouse().settings().uncompressed()));
            inserter.prepare();
            List<Path> paths = List.of(
                    links -> inserter.insert(batch(links)),
                    links -> insertByJdbc(database, links),
                    links -> insertRaw(database, links));
            paths.forEach(path -> measure(path, 3));
            List<double[]> rounds = new ArrayList<>();
            for (int round = 0; round < ROUNDS; round++) {
                rounds.add(paths.stream()
                        .mapToDouble(path -> measure(path, BATCHES))
                        .toArray());
            }
            report(rounds);
            inserter.close();
        }
    }

    private static void report(List<double[]> rounds) {
        for (double[] round : rounds) {
            LOG.info("rows/s: client {}, JDBC batch {}, raw {}", (long) round[0], (long) round[1], (long) round[2]);
        }
        LOG.info(
                "medians: client to JDBC batch {}, client to raw {}",
                median(rounds.stream().mapToDouble(round -> round[0] / round[1]).toArray()),
                median(rounds.stream().mapToDouble(round -> round[0] / round[2]).toArray()));
    }

    private static String median(double[] values) {
        Arrays.sort(values);
        return String.format(Locale.ROOT, "%.2f", values[values.length / 2]);
    }

    private double measure(Path path, int batches) {
        List<List<Link>> data = new ArrayList<>();
        for (int i = 0; i < batches; i++) {
            data.add(LongStream.range(next, next + BATCH_ROWS)
                    .mapToObj(InsertPathMeasurement::link)
                    .toList());
            next += BATCH_ROWS;
        }
        long started = System.nanoTime();
        try {
            for (List<Link> links : data) {
                path.insert(links);
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        return batches * (double) BATCH_ROWS * 1e9 / (System.nanoTime() - started);
    }

    private static Link link(long number) {
        Link.Builder link = SampleLinks.builder(number);
        link.setEvent(SampleLinks.event(number * 0x9E37_79B9_7F4A_7C15L)
                .setTraceId(SampleLinks.id(number / 5))
                .setSpanId(SampleLinks.spanId(number * 31))
                .setParentSpanId(SampleLinks.spanId(number * 37))
                .setClientSpanIds(List.of(SampleLinks.spanId(number * 41), SampleLinks.spanId(number * 43)))
                .setProfileId(SampleLinks.id(number * 47))
                .setGroupId(number % 1_000)
                .setTransaction("GET /shop/" + number % 200)
                .setOp("http.server")
                .setStatus("ok")
                .setPlatform("node")
                .setRelease("shop@1.2." + number % 5)
                .setEnvironment("production")
                .setDurationMs(number % 3_000)
                .build());
        return link.build();
    }

    private static Batch batch(List<Link> links) {
        return Batches.of(0, new LinkColumns()::encode, SampleLinks.START_MS, links);
    }

    /** The same rows by JDK's client with nothing around it: what the server takes at most. */
    private static void insertRaw(TestDatabase database, List<Link> links) throws IOException, InterruptedException {
        ByteArrayOutputStream rows = new ByteArrayOutputStream();
        LinkColumns columns = new LinkColumns();
        for (Link link : links) {
            columns.encode(link, SampleLinks.START_MS, rows);
        }
        String sql = "INSERT INTO " + database.table() + " (" + String.join(",", LinkColumns.TABLE.quotedColumns())
                + ") FORMAT RowBinary";
        URI uri = URI.create(database.clickHouse().settings().url() + "/?async_insert=0&query="
                + URLEncoder.encode(sql, StandardCharsets.UTF_8));
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(uri)
                                .POST(HttpRequest.BodyPublishers.ofByteArray(rows.toByteArray()))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException(answer.body());
        }
    }

    private static void insertByJdbc(TestDatabase database, List<Link> links) throws SQLException {
        String values = "(?, unhex(?), unhex(?), unhex(?), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, unhex(?), unhex(?),"
                + " [unhex(?), unhex(?)], unhex(?), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
        try (Connection connection = database.clickHouse().connect();
                PreparedStatement insert = connection.prepareStatement("INSERT INTO " + database.table() + " ("
                        + String.join(",", LinkColumns.TABLE.quotedColumns()) + ") VALUES " + values)) {
            for (Link link : links) {
                bind(insert, link);
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static void bind(PreparedStatement insert, Link link) throws SQLException {
        EventSummary event = link.getEvent();
        Object[] values = {
            event.getOrganizationId(),
            hex(link.getReplayId().bytes()),
            hex(event.getTraceId().bytes()),
            hex(event.getEventId().bytes()),
            link.getReplayProjectId(),
            new Timestamp(link.getReplayStartedMs()),
            link.getRetentionDays(),
            event.getProjectId(),
            event.getType(),
            event.getLevel(),
            new Timestamp(event.getTimestampMs()),
            new Timestamp(event.getReceivedMs()),
            event.getGroupId(),
            event.getTransaction(),
            hex(event.getSpanId().bytes()),
            hex(event.getParentSpanId().bytes()),
            hex(event.getClientSpanIds().get(0).bytes()),
            hex(event.getClientSpanIds().get(1).bytes()),
            hex(event.getProfileId().bytes()),
            event.getOp(),
            event.getStatus(),
            event.getDurationMs(),
            event.getPlatform(),
            event.getRelease(),
            event.getEnvironment(),
            link.getMethod().name(),
            link.getConfidence(),
            link.getInSession(),
            link.getConfirmed(),
            new Timestamp(link.getLinkedAtMs()),
            new Timestamp(SampleLinks.START_MS),
            link.getVersion(),
            link.getDeleted() ? 1 : 0
        };
        for (int i = 0; i < values.length; i++) {
            insert.setObject(i + 1, values[i]);
        }
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
