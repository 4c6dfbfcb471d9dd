package io.replaylinker.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.replaylinker.embedded.ClickHouseServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * A proxy in front of a real server that makes chosen inserts fail: with a response like ClickHouse's, without a response, or after the
 * rows have reached the table. All other requests pass. A request with a deduplication token counts as an insert.
 */
public final class FaultyClickHouse implements AutoCloseable {

    private static final Duration LONGEST_SILENCE = Duration.ofMinutes(3);

    /** Headers that the client sets for its own connection. */
    private static final Set<String> OF_THE_CONNECTION =
            Set.of("host", "content-length", "connection", "transfer-encoding", "upgrade", "expect");

    private final HttpClient client = HttpClient.newHttpClient();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch released = new CountDownLatch(1);
    private final ClickHouseServer behind;
    private final String statement;
    private final HttpServer http;
    private final List<Fault> faults = new ArrayList<>();
    private final List<String> tokens = new ArrayList<>();
    private final List<Long> insertNanos = new ArrayList<>();

    /** A proxy of that server for all inserts. It does not close the server. */
    public FaultyClickHouse(ClickHouseServer behind) {
        this(behind, "");
    }

    /**
     * A proxy for some inserts only. It lets the others through and does not list them.
     *
     * @param statement part of the statement of those inserts, such as the table name
     */
    public FaultyClickHouse(ClickHouseServer behind, String statement) {
        this.behind = behind;
        this.statement = statement;
        try {
            http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        http.setExecutor(threads);
        http.createContext("/", this::handle);
        http.start();
    }

    /** The base URL to use instead of the server's own. */
    public String url() {
        return "http://127.0.0.1:" + http.getAddress().getPort();
    }

    /** Sets the faults of the next inserts, one after the other. */
    public synchronized void next(Fault... next) {
        faults.addAll(List.of(next));
    }

    /** The tokens of all requested inserts, in order. */
    public synchronized List<String> tokens() {
        return List.copyOf(tokens);
    }

    /** Releases the inserts that wait for a response. */
    public void release() {
        released.countDown();
    }

    /** The arrival times of the inserts, from {@link System#nanoTime()}. */
    public synchronized List<Long> insertNanos() {
        return List.copyOf(insertNanos);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            Fault fault = isInsert(exchange) ? nextFault(exchange) : Fault.NONE;
            HttpResponse<byte[]> answer = fault.reachesTable() ? passOn(exchange, body) : null;
            if (fault.silent()) {
                released.await(LONGEST_SILENCE.toSeconds(), TimeUnit.SECONDS);
            }
            if (answer != null && fault.status() == 200) {
                relay(answer, exchange);
            } else if (fault.status() > 0) {
                if (fault.code() > 0) {
                    exchange.getResponseHeaders().set("X-ClickHouse-Exception-Code", Integer.toString(fault.code()));
                }
                send(exchange, fault.status(), fault.message().getBytes(StandardCharsets.UTF_8));
            }
            // With status 0 the connection ends without a response.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized Fault nextFault(HttpExchange exchange) {
        String query = exchange.getRequestURI().getQuery();
        int at = query.indexOf("insert_deduplication_token=") + "insert_deduplication_token=".length();
        tokens.add(query.substring(at, at + 64));
        insertNanos.add(System.nanoTime());
        return faults.isEmpty() ? Fault.NONE : faults.remove(0);
    }

    private boolean isInsert(HttpExchange exchange) {
        String query = String.valueOf(exchange.getRequestURI().getQuery());
        return query.contains("insert_deduplication_token=") && query.contains(statement);
    }

    private HttpResponse<byte[]> passOn(HttpExchange exchange, byte[] body) throws IOException, InterruptedException {
        URI uri = exchange.getRequestURI();
        String path = uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(behind.httpUrl() + path))
                .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!OF_THE_CONNECTION.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static void relay(HttpResponse<byte[]> answer, HttpExchange exchange) throws IOException {
        answer.headers().map().forEach((name, values) -> {
            if (name.toLowerCase(Locale.ROOT).startsWith("x-clickhouse")) {
                exchange.getResponseHeaders().put(name, values);
            }
        });
        send(exchange, answer.statusCode(), answer.body());
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        release();
        http.stop(0);
        threads.shutdownNow();
    }

    /**
     * The fault of an insert.
     *
     * @param code ClickHouse's error code, 0 for none
     * @param status of the HTTP response; 200 for the server's own response, 0 for a connection that ends without one
     * @param message body of a response that is not the server's
     * @param reachesTable whether the rows are inserted nevertheless
     * @param silent whether there is no response until {@link #release()}, or for three minutes
     */
    public record Fault(int code, int status, String message, boolean reachesTable, boolean silent) {

        public static final Fault NONE = new Fault(0, 200, "", true, false);
        public static final Fault SILENCE = new Fault(0, 0, "", false, true);
        public static final Fault SLOW = new Fault(0, 0, "", true, true);
        public static final Fault HELD_UP = new Fault(0, 200, "", true, true);
        public static final Fault DIES_BEFORE = new Fault(0, 0, "", false, false);
        public static final Fault DIES_AFTER = new Fault(0, 0, "", true, false);

        /** An error in ClickHouse's form. */
        public static Fault code(int code, String message) {
            return new Fault(
                    code, 500, "Code: " + code + ". DB::Exception: " + message + " (version 25.8.1.1)", false, false);
        }

        /** A response of a proxy in front of ClickHouse. */
        public static Fault status(int status) {
            return new Fault(0, status, "<html>busy</html>", false, false);
        }

        /** The same fault after the server has inserted the rows. */
        public Fault afterTheRowsAreIn() {
            return new Fault(code, status, message, true, silent);
        }
    }
}
