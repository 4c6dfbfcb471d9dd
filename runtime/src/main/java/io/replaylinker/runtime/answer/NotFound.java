package io.replaylinker.runtime.answer;

import io.replaylinker.runtime.json.JsonFields;
import java.util.List;
import java.util.function.Consumer;

/**
 * What is known of a subject that was not found.
 *
 * @param reason the possible reasons, or what else has this id, as the end of a sentence; may be empty
 * @param lines what the tables have about it, for people; may be empty
 * @param fields the same as fields of the JSON document, after those that every answer has
 */
public record NotFound(String reason, List<String> lines, Consumer<JsonFields> fields) {

    /** For a subject that was found, or of which nothing is known. */
    public static final NotFound NOTHING = because("");

    /** A reason alone. */
    public static NotFound because(String reason) {
        return new NotFound(reason, List.of(), json -> {});
    }
}
