package io.replaylinker.tools.lookup;

import io.replaylinker.clickhouse.query.IdPrefix;
import io.replaylinker.runtime.cli.Words;
import java.util.List;

/** Checks ids that users pass as arguments. */
final class IdArgument {

    private IdArgument() {}

    /** What is wrong with an id; empty if it is valid. A missing id has been reported already. */
    static List<String> problems(String what, String id) {
        return id.isEmpty() || IdPrefix.parse(id).isPresent()
                ? List.of()
                : List.of(Words.cut(id, 80) + ": not an id of " + (what.equals("event") ? "an " : "a ") + what
                        + ", nor its first 8 digits or more");
    }
}
