package io.replaylinker.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.clickhouse.query.Answer;
import io.replaylinker.clickhouse.query.Filter;
import io.replaylinker.clickhouse.query.IdPrefix;
import io.replaylinker.clickhouse.query.IssueStory;
import io.replaylinker.clickhouse.query.Lookup;
import io.replaylinker.clickhouse.query.Lookups;
import io.replaylinker.clickhouse.query.Page;
import io.replaylinker.clickhouse.query.ReplayHit;
import io.replaylinker.clickhouse.query.TraceStory;
import io.replaylinker.schemas.Link;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A key's few links are put together here, many by the server: both come to the same answer, whatever was revised, moved or taken back. */
class FewLinksIT extends OnTables {

    private static final int QUESTIONS = 12;
    private static final int MANY = 200;
    private static final int LINKS = 120;
    private static final int REPLAYS = 60;
    private static final long DAY_MS = 86_400_000;
    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochMilli(RECORD_MS), ZoneOffset.UTC);
    private static final long[] DAYS_MS = {0, 1, 500, 86_400_000, 400_000_000};

    @ParameterizedTest
    @ValueSource(longs = {1, 20_261_121})
    void shouldAnswerAsTheServerDoes(long seed) {
        Random random = new Random(seed);
        tables.insert(History.of(random));
        insertLinks(aroundMidnight(random));
        try (Lookup here = new Lookup(database.clickHouse(), CLOCK);
                Lookup partly = Lookups.few(database.clickHouse(), CLOCK, () -> 1 + random.nextInt(MANY));
                Lookup there = Lookups.few(database.clickHouse(), CLOCK, () -> 0)) {
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

    @Test
    void shouldNotReturnAReplayByAVersionWhoseSuccessorLiesOnADayThatIsReadInPart() {
        long midnightMs = SampleLinks.START_MS - (SampleLinks.START_MS % DAY_MS);
        Link moved = started(0, midnightMs - 500);
        moved.setVersion(2);
        insert(
                started(1, midnightMs + 3_000),
                started(2, midnightMs + 2_000),
                started(3, midnightMs + 1_000),
                started(0, midnightMs + 500),
                started(4, midnightMs + 100),
                started(5, midnightMs - 7_000),
                started(6, midnightMs - 8_000),
                started(7, midnightMs - 9_000),
                moved);
        // Five rows lie on the last day; of the four on the day before, one is read, and not the last.
        try (Lookup partly = Lookups.few(database.clickHouse(), CLOCK, () -> 5)) {
            assertThat(all(
                            (lookup, filter) -> lookup.issue(1, filter).map(IssueStory::replays),
                            partly,
                            Filter.page(4)))
                    .extracting(hit -> hit.replay().replayId())
                    .containsExactly(
                            SampleLinks.replayHex(1),
                            SampleLinks.replayHex(2),
                            SampleLinks.replayHex(3),
                            SampleLinks.replayHex(4),
                            SampleLinks.replayHex(0),
                            SampleLinks.replayHex(5),
                            SampleLinks.replayHex(6),
                            SampleLinks.replayHex(7));
        }
    }

    private static Link started(long replay, long startedMs) {
        return SampleLinks.builder(0)
                .setEvent(SampleLinks.event(replay).setGroupId(1L).build())
                .setReplayId(SampleLinks.replay(replay))
                .setReplayStartedMs(startedMs)
                .build();
    }

    private interface Ask {
        Answer<Page<ReplayHit>> ask(Lookup lookup, Filter filter);
    }

    private static List<ReplayHit> all(Ask ask, Lookup lookup, Filter first) {
        return OnLookup.all(
                filter -> ask.ask(lookup, filter) instanceof Answer.Found<Page<ReplayHit>> found
                        ? found.value()
                        : new Page<>(List.of(), null),
                first);
    }

    /** Of replays whose starts moved over one of a few midnights, more than one on each day. */
    private static List<Link> aroundMidnight(Random random) {
        List<Link> links = new ArrayList<>();
        for (long number = 0; number < LINKS; number++) {
            long replay = (long) REPLAYS + random.nextInt(REPLAYS);
            long midnightMs = SampleLinks.START_MS - (SampleLinks.START_MS % DAY_MS) - (replay % 3) * DAY_MS;
            for (int version = 1; version <= 1 + random.nextInt(3); version++) {
                Link link = SampleLinks.builder(0)
                        .setEvent(SampleLinks.event(1_000L + number)
                                .setGroupId(1L)
                                .setTransaction("/a")
                                .build())
                        .setReplayId(SampleLinks.replay(replay))
                        .setReplayStartedMs(midnightMs + 1_000 - random.nextInt(2_000))
                        .setVersion(version)
                        .setDeleted(random.nextInt(8) == 0)
                        .build();
                links.add(link);
            }
        }
        return links;
    }

    private static Ask question(Random random) {
        long issue = 1L + random.nextInt(3);
        IdPrefix trace = new IdPrefix(SampleLinks.hex(0x7000L + random.nextInt(4)));
        return switch (random.nextInt(3)) {
            case 0 -> (lookup, filter) -> lookup.issue(issue, filter).map(IssueStory::replays);
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
