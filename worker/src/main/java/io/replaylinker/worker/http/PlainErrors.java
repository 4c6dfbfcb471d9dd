package io.replaylinker.worker.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** Errors that Jetty finds by itself, such as a line that is not HTTP, as plain text: no path is repeated, no class named. */
final class PlainErrors extends ErrorHandler {

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        Headers.addTo(response.getHeaders());
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain;charset=utf-8");
        response.write(true, body(response.getStatus()), callback);
        return true;
    }

    private static ByteBuffer body(int status) {
        return StandardCharsets.UTF_8.encode(status + " " + HttpStatus.getMessage(status) + "\n");
    }
}
