package io.replaylinker.worker.http;

import java.util.Map;
import java.util.Optional;

/**
 * What a client asks for. Its values are hostile text of any content, at most a few kilobytes.
 *
 * @param path of the route
 * @param query decoded parameters; of a name that comes twice the first value
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
