package io.replaylinker.sinks.sentry;

import static io.replaylinker.sinks.sentry.EventLinkMode.ALL;
import static io.replaylinker.sinks.sentry.EventLinkMode.MISSING;
import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.schemas.Link;
import io.replaylinker.schemas.Method;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventLinkOutcomeTest {

    @ParameterizedTest
    @EnumSource(
            value = Method.class,
            names = {"ERROR_ID", "SPAN", "TRACE", "USER"})
    void shouldSendWhatSentryCannotKnow(Method method) {
        assertThat(EventLinkOutcome.of(with(method), MISSING)).isEqualTo(EventLinkOutcome.SENT);
    }

    @ParameterizedTest
    @EnumSource(
            value = Method.class,
            names = {"REPLAY_ID", "UNKNOWN"})
    void shouldLeaveToSentryWhatItLinksByItself(Method method) {
        assertThat(EventLinkOutcome.of(with(method), MISSING)).isEqualTo(EventLinkOutcome.MADE_BY_SENTRY);
        assertThat(EventLinkOutcome.of(with(method), ALL)).isEqualTo(EventLinkOutcome.SENT);
    }

    @ParameterizedTest
    @EnumSource(
            value = EventLinkMode.class,
            names = {"MISSING", "ALL"})
    void shouldSendOnlyErrorsThatHaveOneOfSentrysLevels(EventLinkMode mode) {
        for (String call : List.of("transaction", "span")) {
            Link link = SentryLinks.builder(1, 1)
                    .setEvent(SentryLinks.summary(1).setType(call).build())
                    .build();

            assertThat(EventLinkOutcome.of(link, mode)).as(call).isEqualTo(EventLinkOutcome.TRANSACTION);
        }
        Link feedback = SentryLinks.builder(1, 1)
                .setEvent(SentryLinks.summary(1)
                        .setType("feedback")
                        .setOccurrence(true)
                        .build())
                .build();
        assertThat(EventLinkOutcome.of(feedback, mode)).isEqualTo(EventLinkOutcome.OCCURRENCE);
        assertThat(EventLinkOutcome.of(SentryLinks.withLevel(1, 1, ""), mode))
                .isEqualTo(EventLinkOutcome.UNKNOWN_LEVEL);
        assertThat(EventLinkOutcome.of(SentryLinks.withLevel(1, 1, "sample"), mode))
                .isEqualTo(EventLinkOutcome.UNKNOWN_LEVEL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"fatal", "error", "warning", "info", "debug", "Warning"})
    void shouldSendEveryLevelThatSentryHas(String level) {
        assertThat(EventLinkOutcome.of(SentryLinks.withLevel(1, 1, level), MISSING))
                .isEqualTo(EventLinkOutcome.SENT);
    }

    @ParameterizedTest
    @EnumSource(
            value = EventLinkMode.class,
            names = {"MISSING", "ALL"})
    void shouldNotSendARetraction(EventLinkMode mode) {
        Link retraction = SentryLinks.builder(1, 1).setDeleted(true).build();

        assertThat(EventLinkOutcome.of(retraction, mode)).isEqualTo(EventLinkOutcome.RETRACTED);
    }

    @Test
    void shouldSendAnUnconfirmedLinkOnlyWhereAllAreAskedFor() {
        Link unconfirmed = SentryLinks.builder(1, 1).setConfirmed(false).build();

        assertThat(EventLinkOutcome.of(unconfirmed, MISSING)).isEqualTo(EventLinkOutcome.UNCONFIRMED);
        assertThat(EventLinkOutcome.of(unconfirmed, ALL)).isEqualTo(EventLinkOutcome.SENT);
    }

    private static Link with(Method method) {
        return SentryLinks.builder(1, 1).setMethod(method).build();
    }
}
