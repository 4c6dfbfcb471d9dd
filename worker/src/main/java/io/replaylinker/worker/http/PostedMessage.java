package io.replaylinker.worker.http;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A message of a client. Its values are untrusted text of any content, the body at most as long as its route takes.
 *
 * @param headers by name in lower case; the first value of a repeated name
 * @param body decoded as UTF-8
 */
public record PostedMessage(Map<String, String> headers, String body) {

    public PostedMessage {
        headers = Map.copyOf(headers);
    }

    /** A header by its name in any case. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }
}
