package io.replaylinker.worker.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.sinks.clickhouse.query.EventOutcome;
import io.replaylinker.sinks.clickhouse.query.EventStory;
import io.replaylinker.sinks.clickhouse.query.IdPrefix;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WhyQuestionTest {

    private static final String EVENT = "1a2b3c4d5e6f70818293a4b5c6d7e8f9";
    private static final Instant NOON = Instant.parse("2026-03-04T12:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "REPLAY_NOT_SEEN, no segment of the replay was seen",
        "AMBIGUOUS, 'several replays fit, and time decides for none'",
        "ARCHIVED, the replay was deleted by a user",
        "TAKEN_BACK, the link was taken back: what was seen since speaks against that replay",
        "DELETED, the event was deleted",
        "OF_A_LATER_RELEASE, a reason of another release"
    })
    void shouldSayWhyThereIsNoLink(String outcome, String words) {
        assertThat(why("flag", outcome, "")).contains("  not linked: " + outcome + ", " + words);
    }

    @Test
    void shouldSayWhatWasClaimed() {
        assertThat(why("replay_id", "REPLAY_NOT_SEEN", EVENT)).contains("  claims replay " + EVENT + " by its id");
        assertThat(why("flag", "AMBIGUOUS", "")).contains("  claims a replay by the flag, on its trace");
        assertThat(why("trace", "TAKEN_BACK", EVENT))
                .contains("  claims nothing but its trace, which leads to replay " + EVENT);
    }

    @Test
    void shouldSayThatAVerdictMayChange() {
        assertThat(why("flag", "TRACE_NOT_SEEN", "")).last().asString().contains("still makes it a link");
        assertThat(why("flag", "DELETED", "")).last().asString().contains("the event was deleted");
    }

    private static List<String> why(String method, String outcome, String replay) {
        EventOutcome told = new EventOutcome(EVENT, 1, 22, "error", "backend", method, outcome, replay, NOON, NOON);
        return new WhyQuestion(new IdPrefix(EVENT), new ScopeOptions())
                .text(new EventStory(EVENT, List.of(), List.of(told), List.of()));
    }
}
