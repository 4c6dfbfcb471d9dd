package io.replaylinker.worker.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;

/** Reads the messages for one path, and refuses those that are too long or that another page sent. */
record PostedMessages(PostRoute route, int mostBytes) {

    /**
     * Whether a program sent the request, or a page of this server. A browser names the origin of the page in every POST; programs name
     * none. The Host header is checked before, so a page cannot pass for one of this server by its name.
     */
    static boolean isOfThisServer(Request request) {
        String origin = request.getHeaders().get(HttpHeader.ORIGIN);
        String own = request.getHttpURI().getAuthority();
        return origin == null || origin.equalsIgnoreCase("http://" + own) || origin.equalsIgnoreCase("https://" + own);
    }

    /** Empty if the message is too long, of which no more is read than a route takes. */
    Optional<PostedMessage> read(Request request) throws IOException {
        if (request.getLength() > mostBytes) {
            return Optional.empty();
        }
        byte[] body;
        try (InputStream in = Content.Source.asInputStream(request)) {
            body = in.readNBytes(mostBytes + 1);
        }
        return body.length > mostBytes
                ? Optional.empty()
                : Optional.of(new PostedMessage(headers(request), new String(body, StandardCharsets.UTF_8)));
    }

    private static Map<String, String> headers(Request request) {
        Map<String, String> headers = new HashMap<>();
        for (HttpField field : request.getHeaders()) {
            headers.putIfAbsent(field.getName().toLowerCase(Locale.ROOT), String.valueOf(field.getValue()));
        }
        return headers;
    }
}
