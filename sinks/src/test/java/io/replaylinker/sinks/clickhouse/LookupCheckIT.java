package io.replaylinker.sinks.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.schemas.EventSummary;
import io.replaylinker.schemas.Link;
import io.replaylinker.sinks.clickhouse.query.Answer;
import io.replaylinker.sinks.clickhouse.query.EventOutcome;
import io.replaylinker.sinks.clickhouse.query.EventStory;
import io.replaylinker.sinks.clickhouse.query.Filter;
import io.replaylinker.sinks.clickhouse.query.IdPrefix;
import io.replaylinker.sinks.clickhouse.query.LinkedEvent;
import io.replaylinker.sinks.clickhouse.query.Lookup;
import io.replaylinker.sinks.clickhouse.query.ReplayStory;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What index tables still nominate, and no answer may hold. */
class LookupCheckIT extends OnTables {

    private static final Instant NOW = Instant.ofEpochMilli(RECORD_MS + 5_000);
    private static final Filter ANY = Filter.page(10);
    private static final String REPLAY = SampleLinks.replayHex(0);

    @SuppressWarnings("NullAway.Init")
    private Lookup lookup;

    @BeforeEach
    void open() {
        lookup = new Lookup(database.clickHouse(), Clock.fixed(NOW, ZoneOffset.UTC));
    }

    @AfterEach
    void close() {
        lookup.close();
    }

    @Test
    void shouldForgetALinkThatWasTakenBackInEveryAnswer() {
        insert(link(0, 10_000));
        insert(takenBack(0));

        assertThat(lookup.replay(new IdPrefix(REPLAY), ANY)).isInstanceOf(Answer.Unknown.class);
        assertThat(lookup.trace(new IdPrefix(SampleLinks.hex(0x7777)), ANY)).isInstanceOf(Answer.Unknown.class);
        assertThat(lookup.issue(5, ANY)).isInstanceOf(Answer.Unknown.class);
        assertThat(lookup.transaction("GET /cart", ANY)).isInstanceOf(Answer.Unknown.class);
        assertThat(found(lookup.event(new IdPrefix(SampleLinks.hex(0)), ANY)).outcomes())
                .extracting(EventOutcome::outcome)
                .containsExactly("TAKEN_BACK");
    }

    @Test
    void shouldForgetALinkToAReplayThatAUserDeleted() {
        insert(link(0, 10_000));
        insert(SampleLives.builder(0).setArchived(true).build());

        ReplayStory story = found(lookup.replay(new IdPrefix(REPLAY), ANY));
        EventStory event = found(lookup.event(new IdPrefix(SampleLinks.hex(0)), ANY));

        assertThat(story.replay().archived()).isTrue();
        assertThat(story.events().rows()).isEmpty();
        assertThat(lookup.issue(5, ANY)).isInstanceOf(Answer.Unknown.class);
        assertThat(event.links()).isEmpty();
        assertThat(event.outcomes()).extracting(EventOutcome::outcome).containsExactly("ARCHIVED");
    }

    @Test
    void shouldLetNoOtherOrganizationSpeakForAReplay() {
        Link foreign = link(1, 20_000);
        foreign.getEvent().setOrganizationId(2);
        foreign.setReplayProjectId(99);
        insert(link(0, 10_000), foreign);
        insert(
                SampleLives.life(0),
                SampleLives.builder(0)
                        .setOrganizationId(2)
                        .setProjectId(99)
                        .setStartedMs(SampleLinks.START_MS + 1)
                        .setArchived(true)
                        .build());

        ReplayStory story = found(lookup.replay(new IdPrefix(REPLAY), ANY));

        assertThat(story.replay().organizationId()).isEqualTo(1);
        assertThat(story.replay().archived()).isFalse();
        assertThat(story.events().rows())
                .extracting(LinkedEvent::organizationId)
                .containsExactly(1L);
        assertThat(found(lookup.replay(new IdPrefix(REPLAY), ANY.of(2L)))
                        .replay()
                        .archived())
                .isTrue();
    }

    private static Link takenBack(long number) {
        Link link = link(number, 10_000);
        link.setVersion(2);
        link.setDeleted(true);
        return link;
    }

    private static Link link(long number, long afterStartMs) {
        EventSummary event = SampleLinks.event(number)
                .setTimestampMs(SampleLinks.START_MS + afterStartMs)
                .setTraceId(SampleLinks.id(0x7777))
                .setGroupId(5L)
                .setTransaction("GET /cart")
                .setPlatform("node")
                .build();
        return SampleLinks.builder(number).setEvent(event).build();
    }

    private static <T> T found(Answer<T> answer) {
        assertThat(answer).isInstanceOf(Answer.Found.class);
        return ((Answer.Found<T>) answer).value();
    }
}
