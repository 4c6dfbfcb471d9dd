package io.replaylinker.runtime.answer;

import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.clickhouse.query.EventOutcome;
import io.replaylinker.clickhouse.query.EventStory;
import io.replaylinker.clickhouse.query.IdPrefix;
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
        "SHARED_TRACE, 'several visits share the trace, as those of a cached page, and nothing ties it to one of them'",
        "UNRECORDED_VISIT, it belongs to a visit that was not recorded",
        "NO_EVIDENCE, 'it carries no replay id and no trace, and no recorder names it'",
        "ARCHIVED, the replay was deleted by a user",
        "TAKEN_BACK, the link was retracted: later records contradict it",
        "DELETED, the event was deleted",
        "OF_A_LATER_RELEASE, a reason of another release"
    })
    void shouldReportWhyThereIsNoLink(String outcome, String text) {
        assertThat(why("trace", outcome, "")).contains("  not linked: " + outcome + ", " + text);
    }

    @Test
    void shouldReportWhatWasClaimed() {
        assertThat(why("replay_id", "REPLAY_NOT_SEEN", EVENT)).contains("  names replay " + EVENT);
        assertThat(why("trace", "SHARED_TRACE", ""))
                .contains("  indicates that there is a replay, without its id")
                .anyMatch(line -> line.startsWith("  needed: spans of the services between"));
        assertThat(why("unknown", "NO_EVIDENCE", "", false)).contains("  names no replay");
        assertThat(why("trace", "TAKEN_BACK", EVENT))
                .contains("  indicates that there is a replay, without its id; its trace leads to replay " + EVENT);
    }

    @Test
    void shouldReportThatAVerdictMayChange() {
        assertThat(why("trace", "TRACE_NOT_SEEN", "")).last().asString().contains("can still link it");
        assertThat(why("trace", "DELETED", "")).last().asString().contains("the event was deleted");
    }

    @Test
    void shouldShowAStreamedSpanByItsSpanId() {
        EventOutcome span = new EventOutcome(
                "b1cd9e66f8012345" + "0".repeat(16),
                1,
                22,
                false,
                "call",
                "backend",
                "replay_id",
                "REPLAY_NOT_SEEN",
                true,
                "",
                NOON,
                NOON);

        assertThat(why(span)).first().asString().startsWith("Event b1cd9e66f8012345 of project 22");
    }

    private static List<String> why(String method, String outcome, String replay) {
        return why(method, outcome, replay, true);
    }

    private static List<String> why(String method, String outcome, String replay, boolean claimed) {
        return why(new EventOutcome(
                EVENT, 1, 22, false, "error", "backend", method, outcome, claimed, replay, NOON, NOON));
    }

    private static List<String> why(EventOutcome outcome) {
        return new WhyQuestion(new IdPrefix(EVENT), new ScopeOptions())
                .text(new EventStory(EVENT, List.of(), List.of(outcome), List.of()), SentryLinks.NONE);
    }
}
