package io.replaylinker.runtime.answer;

import io.replaylinker.clickhouse.query.Answer;
import io.replaylinker.clickhouse.query.Lookup;
import io.replaylinker.runtime.json.JsonFields;
import java.time.Clock;
import java.util.List;

/** A query of the command line, and the two forms of its answer. */
public interface Question<T> {

    /** Its kind in the JSON output: replay, event, ... */
    String kind();

    /** The requested subject, as in "event 1a2b3c4d". */
    String subject();

    Answer<T> ask(Lookup lookup, Clock clock);

    /**
     * The answer for people, line by line.
     *
     * @param sentry adds lines with addresses in Sentry
     */
    List<String> text(T value, SentryLinks sentry);

    /** The value alone, an object. */
    void write(T value, JsonFields json, SentryLinks sentry);

    /**
     * What is known of a subject of which {@link #ask} found nothing.
     *
     * @param lookup to find out
     * @param clock as for {@link #ask}
     */
    default NotFound unknown(Lookup lookup, Clock clock) {
        return NotFound.NOTHING;
    }
}
