package io.replaylinker.serdes.registry;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A web server on the loopback that answers as a test tells it and notes what it was asked. */
public final class ScriptedRegistry implements AutoCloseable {

    /** One request as it arrived. */
    public record Request(String line, @Nullable String authorization, String body) {}

    /** Answers a request, by hand. */
    @FunctionalInterface
    public interface Script {
        void answer(HttpExchange exchange, Request request) throws IOException;
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Request> requests = new CopyOnWriteArrayList<>();

    private ScriptedRegistry(Script script) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String line = exchange.getRequestMethod() + " " + exchange.getRequestURI();
            Request request = new Request(line, exchange.getRequestHeaders().getFirst("Authorization"), body);
            requests.add(request);
            try (exchange) {
                script.answer(exchange, request);
            }
        });
        server.start();
    }

    /** A server that follows a script. */
    public static ScriptedRegistry of(Script script) {
        try {
            return new ScriptedRegistry(script);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A server that gives these statuses one after the other, the last one for ever, with the same body. */
    public static ScriptedRegistry statuses(String body, int... statuses) {
        var next = new AtomicInteger();
        return of((exchange, request) ->
                send(exchange, statuses[Math.min(next.getAndIncrement(), statuses.length - 1)], body));
    }

    /** A server that knows some request lines and has no schema for the others. */
    public static ScriptedRegistry knowing(Map<String, String> answers) {
        Map<String, String> known = new HashMap<>(answers);
        return of((exchange, request) -> {
            String answer = known.get(request.line());
            send(
                    exchange,
                    answer == null ? 404 : 200,
                    answer == null ? "{\"error_code\":40403,\"message\":\"Schema not found\"}" : answer);
        });
    }

    /** Sends a whole answer. */
    public static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    /** A schema as JSON inside JSON. */
    public static String schemaAnswer(String schema) {
        return "{\"schema\":\"" + schema.replace("\\", "\\\\").replace("\"", "\\\"") + "\"}";
    }

    /** Host and port. */
    public String authority() {
        return server.getAddress().getHostString() + ":" + server.getAddress().getPort();
    }

    public String url() {
        return "http://" + authority();
    }

    public List<Request> requests() {
        return requests;
    }

    /** The lines of all requests. */
    public List<String> lines() {
        return requests.stream().map(Request::line).toList();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
