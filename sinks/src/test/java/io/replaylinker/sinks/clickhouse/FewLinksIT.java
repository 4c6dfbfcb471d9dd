package io.replaylinker.sinks.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.sinks.clickhouse.query.Answer;
import io.replaylinker.sinks.clickhouse.query.Cursor;
import io.replaylinker.sinks.clickhouse.query.Filter;
import io.replaylinker.sinks.clickhouse.query.IdPrefix;
import io.replaylinker.sinks.clickhouse.query.Lookup;
import io.replaylinker.sinks.clickhouse.query.Lookups;
import io.replaylinker.sinks.clickhouse.query.Page;
import io.replaylinker.sinks.clickhouse.query.ReplayHit;
import io.replaylinker.sinks.clickhouse.query.TraceStory;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A key's few links are put together here, many by the server: both come to the same answer, whatever was revised, moved or taken back. */
class FewLinksIT extends OnTables {

    private static final int QUESTIONS = 40;
    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochMilli(RECORD_MS), ZoneOffset.UTC);
    private static final long[] DAYS_MS = {0, 1, 500, 86_400_000, 400_000_000};

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 20_261_121})
    void shouldAnswerAsTheServerDoes(long seed) {
        Random random = new Random(seed);
        tables.insert(History.of(random));
        try (Lookup here = new Lookup(database.clickHouse(), CLOCK);
                Lookup partly = Lookups.few(database.clickHouse(), CLOCK, 15);
                Lookup there = Lookups.few(database.clickHouse(), CLOCK, 0)) {
            for (int question = 0; question < QUESTIONS; question++) {
                Filter filter = filter(random);
                Ask ask = question(random);
                String which = "seed %d, question %d, %s".formatted(seed, question, filter);

                List<ReplayHit> answer = all(ask, there, filter);

                assertThat(all(ask, here, filter)).as(which).isEqualTo(answer);
                assertThat(all(ask, partly, filter)).as(which).isEqualTo(answer);
            }
        }
    }

    private interface Ask {
        Answer<Page<ReplayHit>> ask(Lookup lookup, Filter filter);
    }

    private static List<ReplayHit> all(Ask ask, Lookup lookup, Filter filter) {
        List<ReplayHit> all = new ArrayList<>();
        @Nullable Filter page = filter;
        while (page != null) {
            if (!(ask.ask(lookup, page) instanceof Answer.Found<Page<ReplayHit>> found)) {
                return all;
            }
            all.addAll(found.value().rows());
            @Nullable Cursor next = found.value().next();
            page = next == null ? null : page.after(next);
        }
        return all;
    }

    private static Ask question(Random random) {
        long issue = 1L + random.nextInt(3);
        IdPrefix trace = new IdPrefix(SampleLinks.hex(0x7000L + random.nextInt(4)));
        return switch (random.nextInt(3)) {
            case 0 -> (lookup, filter) -> lookup.issue(issue, filter);
            case 1 -> (lookup, filter) -> lookup.transaction("/a", filter);
            default -> (lookup, filter) -> lookup.trace(trace, filter).map(TraceStory::replays);
        };
    }

    private static Filter filter(Random random) {
        Instant since = Instant.ofEpochMilli(SampleLinks.START_MS - DAYS_MS[random.nextInt(DAYS_MS.length)]);
        return Filter.page(1 + random.nextInt(6))
                .in(random.nextInt(4) == 0 ? 12L : null)
                .since(random.nextBoolean() ? since : null);
    }
}
