package io.replaylinker.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ServerLogTest {

    @Test
    void shouldWriteTextFromInfoOnByDefault() {
        ServerLog log = ServerLog.of(Map.of());

        assertThat(log).isEqualTo(new ServerLog("text", "info"));
        assertThat(log.problems()).isEmpty();
    }

    @Test
    void shouldNameBothVariablesThatAreWrong() {
        Map<String, String> environment =
                Map.of("REPLAY_LINKER_LOG_FORMAT", "XML", "REPLAY_LINKER_LOG_LEVEL", "chatty");

        assertThat(CommandLogs.consoleProblems(environment))
                .containsExactly(
                        "environment variable REPLAY_LINKER_LOG_FORMAT: must be text or json, but is xml",
                        "environment variable REPLAY_LINKER_LOG_LEVEL: must be error, warn, info, debug or trace, but is chatty");
    }

    @Test
    void shouldReadLevelsInAnyCase() {
        Map<String, String> environment =
                Map.of("REPLAY_LINKER_LOG_FORMAT", "Json", "REPLAY_LINKER_LOG_LEVEL", " WARN ");

        assertThat(ServerLog.of(environment)).isEqualTo(new ServerLog("json", "warn"));
    }
}
