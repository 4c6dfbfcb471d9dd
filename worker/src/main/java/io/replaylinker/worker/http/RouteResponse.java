package io.replaylinker.worker.http;

import java.nio.charset.StandardCharsets;

/**
 * A response, whole in memory.
 *
 * @param status HTTP status code
 * @param contentType with the character set, where it has one
 * @param body not to be changed any more
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record RouteResponse(int status, String contentType, byte[] body) {

    /** 200. */
    public static final int OK = 200;

    /** Lines of plain text, UTF-8. */
    public static RouteResponse text(int status, String body) {
        return new RouteResponse(status, "text/plain;charset=utf-8", body.getBytes(StandardCharsets.UTF_8));
    }

    /** JSON, UTF-8. */
    public static RouteResponse json(int status, String body) {
        return new RouteResponse(status, "application/json", body.getBytes(StandardCharsets.UTF_8));
    }
}
