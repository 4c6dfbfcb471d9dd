package io.replaylinker.worker.page;

import io.replaylinker.runtime.json.JsonFields;
import io.replaylinker.worker.http.RouteResponse;
import java.util.function.Consumer;

/** Answers of the API. */
final class Json {

    static final int BAD_REQUEST = 400;
    static final int UNAVAILABLE = 503;

    private Json() {}

    static RouteResponse ok(Consumer<JsonFields> fields) {
        return RouteResponse.json(RouteResponse.OK, JsonFields.document(fields));
    }

    /** An object with the one field {@code error}, a message for the reader. */
    static RouteResponse error(int status, String message) {
        return RouteResponse.json(status, JsonFields.document(json -> json.text("error", message)));
    }
}
