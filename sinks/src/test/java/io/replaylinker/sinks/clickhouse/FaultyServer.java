package io.replaylinker.sinks.clickhouse;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.replaylinker.testkit.ClickHouseServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Stands before a real server and passes everything on, but for inserts that are told to go wrong: with an answer as ClickHouse
 * gives it, without any, or after they have reached the table.
 */
final class FaultyServer implements AutoCloseable {

    /** Made by the client for its own connection. */
    private static final Set<String> OF_THE_CONNECTION =
            Set.of("host", "content-length", "connection", "transfer-encoding", "upgrade", "expect");

    private final HttpClient client = HttpClient.newHttpClient();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final ClickHouseServer behind;
    private final HttpServer http;
    private final List<Fault> faults = new ArrayList<>();
    private final List<String> tokens = new ArrayList<>();
    private final List<Long> insertNanos = new ArrayList<>();

    FaultyServer(ClickHouseServer behind) {
        this.behind = behind;
        try {
            http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        http.setExecutor(threads);
        http.createContext("/", this::handle);
        http.start();
    }

    String url() {
        return "http://127.0.0.1:" + http.getAddress().getPort();
    }

    /** The next inserts go wrong so, one after the other. */
    synchronized void next(Fault... next) {
        faults.addAll(List.of(next));
    }

    /** The tokens of all inserts that were asked for, in order. */
    synchronized List<String> tokens() {
        return List.copyOf(tokens);
    }

    /** When they came. */
    synchronized List<Long> insertNanos() {
        return List.copyOf(insertNanos);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            Fault fault = isInsert(exchange) ? nextFault(exchange) : Fault.NONE;
            if (fault.reachesTable()) {
                HttpResponse<byte[]> answer = passOn(exchange, body);
                if (fault.equals(Fault.NONE)) {
                    answer.headers().map().forEach((name, values) -> {
                        if (name.toLowerCase(Locale.ROOT).startsWith("x-clickhouse")) {
                            exchange.getResponseHeaders().put(name, values);
                        }
                    });
                    send(exchange, answer.statusCode(), answer.body());
                    return;
                }
            }
            if (fault.silent()) {
                closed.await();
            } else if (fault.code() > 0) {
                exchange.getResponseHeaders().set("X-ClickHouse-Exception-Code", Integer.toString(fault.code()));
                send(exchange, fault.status(), fault.message().getBytes(StandardCharsets.UTF_8));
            } else if (fault.status() > 0) {
                send(exchange, fault.status(), fault.message().getBytes(StandardCharsets.UTF_8));
            }
            // Else the connection ends without an answer.
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

    private static boolean isInsert(HttpExchange exchange) {
        return String.valueOf(exchange.getRequestURI().getQuery()).contains("insert_deduplication_token=");
    }

    private HttpResponse<byte[]> passOn(HttpExchange exchange, byte[] body) throws IOException, InterruptedException {
        URI asked = exchange.getRequestURI();
        String path = asked.getRawPath() + (asked.getRawQuery() == null ? "" : "?" + asked.getRawQuery());
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(behind.httpUrl() + path))
                .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!OF_THE_CONNECTION.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        closed.countDown();
        http.stop(0);
        threads.shutdownNow();
    }

    /**
     * What happens to an insert.
     *
     * @param status 0 for a connection that ends without an answer
     * @param reachesTable whether the rows get in all the same
     * @param silent whether nothing at all is heard
     */
    record Fault(int code, int status, String message, boolean reachesTable, boolean silent) {

        static final Fault NONE = new Fault(0, 200, "", true, false);
        static final Fault SILENCE = new Fault(0, 0, "", false, true);
        static final Fault SLOW = new Fault(0, 0, "", true, true);
        static final Fault DIES_BEFORE = new Fault(0, 0, "", false, false);
        static final Fault DIES_AFTER = new Fault(0, 0, "", true, false);

        static Fault code(int code, String message) {
            return new Fault(
                    code, 500, "Code: " + code + ". DB::Exception: " + message + " (version 25.8.1.1)", false, false);
        }

        static Fault status(int status) {
            return new Fault(0, status, "<html>busy</html>", false, false);
        }

        Fault afterTheRowsAreIn() {
            return new Fault(code, status, message, true, silent);
        }
    }
}
