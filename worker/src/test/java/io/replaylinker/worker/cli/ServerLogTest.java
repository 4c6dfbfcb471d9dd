package io.replaylinker.worker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.joran.spi.JoranException;
import ch.qos.logback.core.status.Status;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServerLogTest {

    @Test
    void shouldTellTextFromInfoOnWhereNothingIsSaid() {
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
    void shouldWriteOneLineOfTextAnEvent() throws JoranException {
        String line = logged(ServerLog.of(Map.of()), "batch of 3 rows");

        assertThat(line).endsWith("INFO  [worker-1] i.r.sinks.SinkLoop batch of 3 rows\n");
    }

    @Test
    void shouldWriteOneObjectALineWhateverTheMessageHolds() throws JoranException, IOException {
        String message = "a \"quoted\" word\nand a second line";

        String line = logged(ServerLog.of(Map.of("REPLAY_LINKER_LOG_FORMAT", "Json")), message);

        assertThat(line).endsWith("}\n").containsOnlyOnce("\n");
        assertThat(fields(line))
                .containsEntry("level", "INFO")
                .containsEntry("threadName", "worker-1")
                .containsEntry("loggerName", "io.replaylinker.sinks.SinkLoop")
                .containsEntry("formattedMessage", message)
                .containsKey("timestamp");
    }

    @Test
    void shouldTellNothingBelowTheLevel() throws JoranException {
        Logger root = configured(ServerLog.of(Map.of("REPLAY_LINKER_LOG_LEVEL", "WARN")));

        assertThat(root.getLevel()).isEqualTo(Level.WARN);
    }

    private static String logged(ServerLog log, String message) throws JoranException {
        Logger root = configured(log);
        LoggingEvent event = new LoggingEvent();
        event.setLoggerContext(root.getLoggerContext());
        event.setLevel(Level.INFO);
        event.setLoggerName("io.replaylinker.sinks.SinkLoop");
        event.setThreadName("worker-1");
        event.setMessage(message);
        event.setTimeStamp(0);
        event.setMDCPropertyMap(Map.of());
        var appender = (OutputStreamAppender<ILoggingEvent>)
                root.iteratorForAppenders().next();
        return new String(appender.getEncoder().encode(event), StandardCharsets.UTF_8);
    }

    private static Logger configured(ServerLog log) throws JoranException {
        LoggerContext context = new LoggerContext();
        context.putProperty(CommandLogs.SERVER_FORMAT, log.format());
        context.putProperty(CommandLogs.SERVER_LEVEL, log.level());
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(ServerLog.class.getClassLoader().getResource(CommandLogs.SERVER_CONFIGURATION));
        // A warning would be printed at the start of every worker.
        assertThat(context.getStatusManager().getCopyOfStatusList())
                .allSatisfy(status -> assertThat(status.getEffectiveLevel())
                        .as(status.toString())
                        .isEqualTo(Status.INFO));
        return context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
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
}
