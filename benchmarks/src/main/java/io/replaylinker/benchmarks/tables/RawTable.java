package io.replaylinker.benchmarks.tables;

import io.replaylinker.embedded.ClickHouseServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;

/** ClickHouse by JDK's client with nothing around it: what the server does at most. */
final class RawTable {

    private final HttpClient client = HttpClient.newHttpClient();
    private final ClickHouseServer server;

    RawTable(ClickHouseServer server) {
        this.server = server;
    }

    /** The answer as text, without the last line's end. */
    String text(String sql) {
        return new String(bytes(sql), StandardCharsets.UTF_8).strip();
    }

    long number(String sql) {
        return Long.parseLong(text(sql));
    }

    /** The answer as it comes. */
    byte[] bytes(String sql) {
        return send(uri(""), sql.getBytes(StandardCharsets.UTF_8));
    }

    /** Rows in the format that the statement names. */
    void insert(String sql, byte[] rows) {
        send(uri("&async_insert=0&query=" + URLEncoder.encode(sql, StandardCharsets.UTF_8)), rows);
    }

    private URI uri(String more) {
        return URI.create(server.httpUrl() + "/?wait_end_of_query=1" + more);
    }

    private byte[] send(URI uri, byte[] body) {
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("X-ClickHouse-User", server.user())
                .header("X-ClickHouse-Key", server.password())
                .POST(BodyPublishers.ofByteArray(body))
                .build();
        try {
            HttpResponse<byte[]> answer = client.send(request, BodyHandlers.ofByteArray());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(new String(answer.body(), StandardCharsets.UTF_8));
            }
            return answer.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
