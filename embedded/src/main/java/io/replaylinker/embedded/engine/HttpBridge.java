package io.replaylinker.embedded.engine;

import com.clickhouse.data.stream.Lz4OutputStream;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/**
 * ClickHouse's HTTP interface in front of the engine, as far as its Java clients need it. {@code GET /} and {@code /ping} return
 * {@code Ok.}, everything else is a query. Each request has its own connection, so requests run in parallel. Bodies may be in ClickHouse's
 * compressed blocks ({@code compress}, {@code decompress}), requests also in gzip. The result is complete before the first byte is sent, so
 * that no error follows a status 200.
 */
final class HttpBridge implements HttpHandler {

    private static final byte[] OK = "Ok.\n".getBytes(StandardCharsets.US_ASCII);
    private static final long DEFAULT_SESSION_SECONDS = 60;
    private static final int HTTP_OK = 200;
    private static final int NO_BODY = -1;
    private static final int CHUNKED = 0;
    private static final int LZ4_BLOCK_BYTES = 1 << 16;

    private final Engine engine;
    private final Sessions sessions;
    private final Credentials owner;

    HttpBridge(Engine engine, Credentials owner) {
        this.engine = engine;
        this.sessions = new Sessions(engine);
        this.owner = owner;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (isPing(exchange)) {
                exchange.sendResponseHeaders(HTTP_OK, OK.length);
                exchange.getResponseBody().write(OK);
                return;
            }
            try {
                answer(exchange);
            } catch (EngineException e) {
                refuse(exchange, e);
            } catch (RuntimeException | IOException | LinkageError e) {
                // For the log of the child process. A failed request must not end the process.
                e.printStackTrace();
                refuse(exchange, EngineException.of(EngineException.UNKNOWN_EXCEPTION, e.toString(), "STD_EXCEPTION"));
            }
        }
    }

    private static boolean isPing(HttpExchange exchange) {
        String path = exchange.getRequestURI().getPath();
        return path.equals("/ping")
                || (path.equals("/")
                        && exchange.getRequestMethod().equals("GET")
                        && exchange.getRequestURI().getRawQuery() == null);
    }

    private void answer(HttpExchange exchange) throws IOException {
        HttpQuery query = new HttpQuery(exchange);
        if (!owner.equals(query.credentials())) {
            throw EngineException.of(
                    EngineException.AUTHENTICATION_FAILED,
                    query.credentials().user() + ": Authentication failed: password is incorrect, or there is no user"
                            + " with such name",
                    "AUTHENTICATION_FAILED");
        }
        Statement statement = Statement.of(query.parameter("query", ""), body(exchange, query));
        Map<String, String> settings = query.settings();
        if (query.isGet()) {
            settings.putIfAbsent("readonly", "2");
        }
        long timeout = Long.parseLong(query.parameter("session_timeout", Long.toString(DEFAULT_SESSION_SECONDS)));
        try (Sessions.Session session = sessions.open(query.parameter("session_id", ""), timeout)) {
            run(exchange, query, statement, settings, session);
        }
    }

    private void run(
            HttpExchange exchange,
            HttpQuery query,
            Statement statement,
            Map<String, String> settings,
            Sessions.Session session)
            throws IOException {
        EngineConnection connection = session.connection();
        if (!query.database().isEmpty()) {
            connection.use(query.database());
        }
        connection.set(settings);
        String format = statement.outputFormat().orElse(query.defaultFormat());
        try (Answer answer = execute(connection, statement, format)) {
            send(exchange, query, answer, format);
        } finally {
            if (session.isKept()) {
                connection.reset(settings.keySet());
            }
        }
    }

    private static Answer execute(EngineConnection connection, Statement statement, String format) throws IOException {
        if (statement.endsTheProcess()) {
            throw EngineException.of(
                    EngineException.ACCESS_DENIED, "SYSTEM SHUTDOWN and SYSTEM KILL are switched off", "ACCESS_DENIED");
        }
        if (statement.mayHoldSeveral() && connection.statements(statement.sql()) > 1) {
            throw EngineException.of(
                    EngineException.SYNTAX_ERROR, "Syntax error (Multi-statements are not allowed)", "SYNTAX_ERROR");
        }
        String insertFormat = statement.insertFormat();
        return insertFormat == null
                ? connection.query(statement.sql(), format)
                : connection.insert(statement.sql(), insertFormat, statement.rows());
    }

    private static InputStream body(HttpExchange exchange, HttpQuery query) throws IOException {
        String encoding = query.header("Content-Encoding", "identity");
        return switch (encoding) {
            case "identity", "" -> nativeBlocks(query, exchange.getRequestBody());
            case "gzip" -> new GZIPInputStream(exchange.getRequestBody());
            default ->
                throw EngineException.of(
                        EngineException.NOT_IMPLEMENTED,
                        "The embedded engine reads no Content-Encoding " + encoding + "; use gzip or none",
                        "NOT_IMPLEMENTED");
        };
    }

    private static InputStream nativeBlocks(HttpQuery query, InputStream body) {
        return query.flag("decompress") ? new CompressedBlocks(body) : body;
    }

    // Deprecated with the whole older client. The newer client does not export its copy.
    @SuppressWarnings("deprecation")
    private void send(HttpExchange exchange, HttpQuery query, Answer answer, String format) throws IOException {
        Headers headers = headers(exchange, query);
        headers.set("X-ClickHouse-Format", format);
        headers.set("X-ClickHouse-Summary", answer.summary().json());
        headers.set("Content-Type", "application/octet-stream");
        drain(exchange);
        long length = answer.length();
        if (length == 0) {
            exchange.sendResponseHeaders(HTTP_OK, NO_BODY);
        } else if (query.flag("compress")) {
            exchange.sendResponseHeaders(HTTP_OK, CHUNKED);
            try (OutputStream out = new Lz4OutputStream(exchange.getResponseBody(), LZ4_BLOCK_BYTES, null)) {
                answer.writeTo(out);
            }
        } else {
            exchange.sendResponseHeaders(HTTP_OK, length);
            answer.writeTo(exchange.getResponseBody());
        }
    }

    private Headers headers(HttpExchange exchange, HttpQuery query) {
        Headers headers = exchange.getResponseHeaders();
        headers.set("X-ClickHouse-Server-Display-Name", "embedded");
        headers.set("X-ClickHouse-Timezone", engine.timezone());
        headers.set("X-ClickHouse-Query-Id", query.parameter("query_id", ""));
        return headers;
    }

    private void refuse(HttpExchange exchange, EngineException error) throws IOException {
        // A client that is still sending would otherwise see a broken connection instead of the error.
        drain(exchange);
        String text = error.getMessage()
                + (String.valueOf(error.getMessage()).contains("(version ")
                        ? "\n"
                        : " (version " + engine.version() + ")\n");
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        Headers headers = exchange.getResponseHeaders();
        headers.set("X-ClickHouse-Exception-Code", Integer.toString(error.code()));
        headers.set("X-ClickHouse-Server-Display-Name", "embedded");
        headers.set("Content-Type", "text/plain; charset=UTF-8");
        exchange.sendResponseHeaders(error.httpStatus(), body.length);
        exchange.getResponseBody().write(body);
    }

    private static void drain(HttpExchange exchange) {
        try {
            exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // The body was read and closed already, or the client has disconnected, which sending the response will
            // show.
        }
    }
}
