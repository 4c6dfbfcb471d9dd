package io.replaylinker.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.clickhouse.query.Answer;
import io.replaylinker.clickhouse.query.EventOutcome;
import io.replaylinker.clickhouse.query.EventStory;
import io.replaylinker.clickhouse.query.IdPrefix;
import io.replaylinker.clickhouse.query.LinkedEvent;
import io.replaylinker.clickhouse.query.ReplayStory;
import io.replaylinker.schemas.Link;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What index tables still nominate, and no answer may hold. */
class LookupCheckIT extends OnLookup {

    @Test
    void shouldForgetALinkThatWasRetractedInEveryAnswer() {
        insert(linkOnTrace(0, 10_000));
        found(lookup.replay(new IdPrefix(REPLAY), ANY));
        found(lookup.trace(new IdPrefix(SampleLinks.hex(0x7777)), ANY));
        found(lookup.issue(5, ANY));
        found(lookup.transaction("GET /cart", ANY));

        insert(retracted(linkOnTrace(0, 10_000)));

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
        insert(linkOnTrace(0, 10_000));
        insert(SampleReplayStates.builder(0).setArchived(true).build());

        ReplayStory story = found(lookup.replay(new IdPrefix(REPLAY), ANY));
        EventStory event = found(lookup.event(new IdPrefix(SampleLinks.hex(0)), ANY));

        assertThat(story.replay().archived()).isTrue();
        assertThat(story.events().rows()).isEmpty();
        assertThat(lookup.issue(5, ANY)).isInstanceOf(Answer.Unknown.class);
        assertThat(event.links()).isEmpty();
        assertThat(event.outcomes()).extracting(EventOutcome::outcome).containsExactly("ARCHIVED");
    }

    /** Whose life is filed under an organization that is not known yet counts too. */
    @ParameterizedTest
    @ValueSource(longs = {0, 1})
    void shouldForgetALinkToAReplayThatWasDeletedAfterTheQuestionBefore(long organization) {
        insert(linkOnTrace(0, 10_000));
        found(lookup.issue(5, ANY));
        found(lookup.issue(5, ANY.of(1L)));

        insert(SampleReplayStates.builder(0)
                .setOrganizationId(organization)
                .setArchived(true)
                .build());

        assertThat(lookup.issue(5, ANY.of(1L))).isInstanceOf(Answer.Unknown.class);
        assertThat(lookup.issue(5, ANY)).isInstanceOf(Answer.Unknown.class);
    }

    @Test
    void shouldLetNoOtherOrganizationSpeakForAReplay() {
        Link foreign = linkOnTrace(1, 20_000);
        foreign.getEvent().setOrganizationId(2);
        foreign.setReplayProjectId(99);
        insert(linkOnTrace(0, 10_000), foreign);
        insert(
                SampleReplayStates.replayState(0),
                SampleReplayStates.builder(0)
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
}
