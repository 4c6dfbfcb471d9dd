package io.replaylinker.runtime.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.replaylinker.clickhouse.ErrorClass;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SinkFaultSettingsTest {

    @Test
    void shouldStopAtBadRowsAndKeepOurClassesByDefault() {
        Settings settings = SettingsReader.readWithoutKafka(null, Map.of());

        assertThat(settings.get(SinkFaultSettings.BAD_ROWS)).isEqualTo(BadRowsPolicy.STOP);
        assertThat(settings.find(SinkFaultSettings.ERROR_CLASSES)).isEmpty();
    }

    @Test
    void shouldTakeClassesAndTheAnswerToBadRows() {
        Settings settings = SettingsReader.readWithoutKafka(
                null,
                Map.of(
                        "REPLAY_LINKER_SINK_BAD_ROWS", "set-aside",
                        "REPLAY_LINKER_CLICKHOUSE_ERROR_CLASSES", "241:retry,252:stop"));

        assertThat(settings.get(SinkFaultSettings.BAD_ROWS)).isEqualTo(BadRowsPolicy.SET_ASIDE);
        assertThat(settings.get(SinkFaultSettings.ERROR_CLASSES).overrides())
                .isEqualTo(Map.of(241, ErrorClass.RETRYABLE, 252, ErrorClass.PERMANENT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"241", "241:sometimes", "241:retry,241:stop", "memory:retry"})
    void shouldRefuseClassesThatNobodyKnows(String classes) {
        Map<String, String> environment = Map.of("REPLAY_LINKER_CLICKHOUSE_ERROR_CLASSES", classes);

        assertThatThrownBy(() -> SettingsReader.readWithoutKafka(null, environment))
                .hasMessageContaining("REPLAY_LINKER_CLICKHOUSE_ERROR_CLASSES: must be codes")
                .hasMessageContaining("241:retry,252:stop");
    }
}
