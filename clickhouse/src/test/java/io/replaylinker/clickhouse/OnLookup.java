package io.replaylinker.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.clickhouse.query.Answer;
import io.replaylinker.clickhouse.query.Filter;
import io.replaylinker.clickhouse.query.Lookup;
import io.replaylinker.clickhouse.query.Page;
import io.replaylinker.clickhouse.query.ReplayHit;
import io.replaylinker.schemas.EventSummary;
import io.replaylinker.schemas.Link;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A test of questions to the tables, asked five seconds after the last record. */
abstract class OnLookup extends OnTables {

    static final Filter ANY = Filter.page(10);
    static final String REPLAY = SampleLinks.replayHex(0);

    static final Clock CLOCK = Clock.fixed(Instant.ofEpochMilli(RECORD_MS + 5_000), ZoneOffset.UTC);

    @SuppressWarnings("NullAway.Init")
    Lookup lookup;

    @BeforeEach
    void openLookup() {
        lookup = new Lookup(database.clickHouse(), CLOCK);
    }

    @AfterEach
    void closeLookup() {
        lookup.close();
    }

    /** A link of a backend error of issue 5, transaction {@code GET /cart}. */
    static Link link(EventSummary.Builder event, long number) {
        return SampleLinks.builder(number)
                .setEvent(event.setGroupId(5L)
                        .setTransaction("GET /cart")
                        .setPlatform("node")
                        .build())
                .build();
    }

    /** Such a link of an event on trace 0x7777, so long after the samples' start. */
    static Link linkOnTrace(long number, long afterStartMs) {
        return link(
                SampleLinks.event(number)
                        .setTimestampMs(SampleLinks.START_MS + afterStartMs)
                        .setTraceId(SampleLinks.id(0x7777)),
                number);
    }

    static Link retracted(Link link) {
        link.setVersion(2);
        link.setDeleted(true);
        return link;
    }

    static <T> T found(Answer<T> answer) {
        assertThat(answer).isInstanceOf(Answer.Found.class);
        return ((Answer.Found<T>) answer).value();
    }

    /** From the first page to the last. */
    static List<ReplayHit> all(Function<Filter, Page<ReplayHit>> question, Filter first) {
        List<ReplayHit> all = new ArrayList<>();
        @Nullable Filter filter = first;
        while (filter != null) {
            Page<ReplayHit> page = question.apply(filter);
            all.addAll(page.rows());
            filter = page.next() == null ? null : filter.after(page.next());
        }
        return all;
    }
}
