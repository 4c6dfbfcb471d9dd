package io.replaylinker.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerFactsTest {

    @ParameterizedTest
    @CsvSource({"25.7.9.1, true", "24.12, true", "unknown, true", "25.8.1.1, false", "25.12.3, false", "26.1.2.3, false"
    })
    void shouldKnowVersionsThatAreOlderThanAnyThatWasTried(String version, boolean old) {
        assertThat(new ServerFacts(version, Duration.ZERO, false, Optional.empty()).isOld())
                .isEqualTo(old);
    }
}
