package io.replaylinker.worker.http;

import java.util.Map;
import java.util.Optional;

/**
 * A client's request. Its values are untrusted text of any content, at most a few kilobytes.
 *
 * @param path of the route
 * @param query decoded parameters; the first value of a repeated name
 */
public record RouteRequest(String path, Map<String, String> query) {

    public RouteRequest {
        query = Map.copyOf(query);
    }

    /** A parameter without the blanks around it; empty when it is missing or blank. */
    public Optional<String> parameter(String name) {
        return Optional.ofNullable(query.get(name)).map(String::strip).filter(value -> !value.isEmpty());
    }
}
