package io.replaylinker.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a library repeats, the log repeats once a minute. */
class RepeatedMessageFilterTest {

    private final LoggerContext context = new LoggerContext();
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger kafka = context.getLogger("org.apache.kafka.clients.NetworkClient");
    private long nanos = 7;

    @BeforeEach
    void setUp() {
        context.addTurboFilter(new RepeatedMessageFilter(() -> nanos));
        Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.INFO);
        log.start();
        root.addAppender(log);
    }

    @Test
    void shouldLogARepeatedMessageOfALibraryOnceAMinute() {
        for (int second = 0; second < 150; second++) {
            kafka.warn("[Consumer clientId=c-{}] Connection to node {} failed", second, second);
            kafka.info("[Producer clientId=p-" + second + "] Rebootstrapping");
            nanos += Duration.ofSeconds(1).toNanos();
        }

        assertThat(log.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly(
                        "[Consumer clientId=c-0] Connection to node 0 failed",
                        "[Producer clientId=p-0] Rebootstrapping",
                        "[Consumer clientId=c-60] Connection to node 60 failed",
                        "[Producer clientId=p-60] Rebootstrapping",
                        "[Consumer clientId=c-120] Connection to node 120 failed",
                        "[Producer clientId=p-120] Rebootstrapping");
    }

    @Test
    void shouldLogDifferentMessagesAndOurOwn() {
        Logger ours = context.getLogger("io.replaylinker.worker.lifecycle.Worker");
        for (int i = 0; i < 3; i++) {
            ours.warn("Retrying");
        }
        kafka.warn("One");
        kafka.warn("Another");
        context.getLogger("org.apache.kafka.clients.Metadata").warn("One");

        assertThat(log.list).hasSize(6);
    }

    @Test
    void shouldNotCountWhatTheLevelHides() {
        kafka.setLevel(Level.ERROR);
        kafka.warn("Twice");
        kafka.setLevel(Level.WARN);
        kafka.warn("Twice");

        assertThat(log.list).hasSize(1);
    }
}
