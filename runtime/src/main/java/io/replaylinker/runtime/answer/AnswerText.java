package io.replaylinker.runtime.answer;

import io.replaylinker.clickhouse.query.Freshness;
import io.replaylinker.runtime.cli.Words;

/** What every answer in words ends with. */
public final class AnswerText {

    private AnswerText() {}

    /** How old the newest record in the tables is, in one line without a mark at its end. */
    public static String freshness(Freshness freshness) {
        return freshness.newest() == null
                ? "the tables are empty"
                : "newest record in the tables: " + Words.time(freshness.newest()) + " UTC, "
                        + Words.length(freshness.age()) + " ago";
    }
}
