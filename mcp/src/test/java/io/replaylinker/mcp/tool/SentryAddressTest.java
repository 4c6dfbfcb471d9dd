package io.replaylinker.mcp.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SentryAddressTest {

    @ParameterizedTest
    @CsvSource({
        "https://sentry.example.com/organizations/acme/issues/4711/, ISSUE, 4711",
        "https://acme.sentry.example.com/issues/4711/?project=1&referrer=x, ISSUE, 4711",
        "/organizations/acme/issues/4711/events/5e55000100000000000000000001fdda/, EVENT, 5e55000100000000000000000001fdda",
        "/organizations/acme/replays/5e550001-0000-0000-0000-00000001fdda/?t=4, REPLAY, 5e550001-0000-0000-0000-00000001fdda",
        "/organizations/acme/explore/replays/5e55000100000000000000000001fdda/, REPLAY, 5e55000100000000000000000001fdda",
        "/organizations/acme/performance/trace/7ace00010000000000000000000195fc/, TRACE, 7ace00010000000000000000000195fc",
        "/organizations/acme/explore/traces/trace/7ACE00010000000000000000000195FC, TRACE, 7ACE00010000000000000000000195FC"
    })
    void shouldKnowWhatAPageIsAbout(String address, SentryAddress.Kind kind, String id) throws Exception {
        assertThat(SentryAddress.parse(address)).isEqualTo(new SentryAddress(kind, id));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file:///etc/passwd",
                "https://sentry.example.com/",
                "https://sentry.example.com/issues/0/",
                "https://sentry.example.com/issues/12345678901234567890/",
                "https://sentry.example.com/replays/5e550001/"
            })
    void shouldRefuseOthers(String address) {
        assertThatThrownBy(() -> SentryAddress.parse(address))
                .isInstanceOf(BadArgumentException.class)
                .hasMessageContaining("url must be");
    }

    @Test
    void shouldRefuseManyCharactersInNoTime() {
        assertThatThrownBy(() -> SentryAddress.parse("/replays/".repeat(100_000)))
                .isInstanceOf(BadArgumentException.class);
    }
}
