package io.replaylinker.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What a process that logs like the server writes, and nothing else: the configuration itself must be silent. */
class ServerLogIT {

    private static final String MESSAGE = "a \"quoted\" word\nand a second line";

    @Test
    void shouldWriteText() throws Exception {
        String written = logged(Map.of());

        assertThat(written).contains("INFO  [main] ").endsWith(MESSAGE + "\n").doesNotContain("|-", "in detail");
    }

    @Test
    void shouldWriteOneObjectALineWhateverTheMessageHolds() throws Exception {
        String written = logged(Map.of("REPLAY_LINKER_LOG_FORMAT", "json"));

        assertThat(written).startsWith("{").endsWith("}\n").containsOnlyOnce("\n");
        assertThat(fields(written))
                .containsEntry("level", "INFO")
                .containsEntry("threadName", "main")
                .containsEntry("loggerName", Speaker.class.getName())
                .containsEntry("formattedMessage", MESSAGE)
                .containsKey("timestamp");
    }

    @Test
    void shouldWriteWhatTheLevelAllows() throws Exception {
        assertThat(logged(Map.of("REPLAY_LINKER_LOG_LEVEL", "debug"))).contains("in detail", MESSAGE);
        assertThat(logged(Map.of("REPLAY_LINKER_LOG_LEVEL", "warn"))).isEmpty();
    }

    private static String logged(Map<String, String> environment) throws IOException, InterruptedException {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        ProcessBuilder speaker =
                new ProcessBuilder(java, "-XX:TieredStopAtLevel=1", "-cp", classPath, Speaker.class.getName());
        speaker.environment().putAll(environment);
        Process process = speaker.redirectErrorStream(true).start();
        String written = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(written).isZero();
        return written;
    }

    private static Map<String, String> fields(String json) throws IOException {
        Map<String, String> fields = new HashMap<>();
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            while (parser.nextToken() != null) {
                if (parser.currentToken() == JsonToken.FIELD_NAME) {
                    String name = parser.currentName();
                    parser.nextToken();
                    fields.put(name, parser.getText());
                }
            }
        }
        return fields;
    }

    /** The program of that process. */
    static final class Speaker {

        private Speaker() {}

        public static void main(String[] args) {
            CommandLogs.toConsole(System.getenv());
            LoggerFactory.getLogger(Speaker.class).debug("in detail");
            LoggerFactory.getLogger(Speaker.class).info(MESSAGE);
        }
    }
}
