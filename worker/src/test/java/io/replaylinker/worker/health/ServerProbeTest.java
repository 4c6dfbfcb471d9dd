package io.replaylinker.worker.health;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class ServerProbeTest {

    private long nanos = 11;
    private boolean isUp = true;

    private final ServerProbe probe = new ServerProbe("Kafka", "broker:9092", this::request, () -> nanos);

    private void request() throws IOException {
        if (!isUp) {
            throw new IOException("Connection refused");
        }
    }

    @Test
    void shouldBeReadyWhileTheServerAnswers() {
        passes(Duration.ofMinutes(1));
        probe.probe();

        assertThat(probe.ready()).isEqualTo(HealthPart.ok("kafka", "answers"));
    }

    @Test
    void shouldNotBeReadyTenSecondsAfterTheLastAnswer() {
        probe.probe();
        isUp = false;

        passes(Duration.ofSeconds(9));
        probe.probe();
        assertThat(probe.ready().ok()).isTrue();

        passes(Duration.ofSeconds(4));
        probe.probe();
        assertThat(probe.ready())
                .isEqualTo(HealthPart.failing(
                        "kafka", "Kafka at broker:9092 has not answered for 13 s: Connection refused"));
    }

    @Test
    void shouldNotBeReadyWhileARequestHangs() {
        probe.probe();

        passes(Duration.ofSeconds(11));

        assertThat(probe.ready().ok()).isFalse();
    }

    @Test
    void shouldBeReadyAgainWithTheFirstAnswer() {
        isUp = false;
        passes(Duration.ofHours(1));
        probe.probe();
        isUp = true;

        probe.probe();

        assertThat(probe.ready().ok()).isTrue();
    }

    @Test
    void shouldLogAnOutageOnceAMinute() {
        Logger logger = (Logger) LoggerFactory.getLogger(ServerProbe.class);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        logger.addAppender(log);
        logger.setLevel(Level.INFO);
        try {
            isUp = false;
            for (int second = 0; second < 300; second += 3) {
                passes(Duration.ofSeconds(3));
                probe.probe();
            }
            isUp = true;
            probe.probe();
        } finally {
            logger.detachAppender(log);
            logger.setLevel(null);
        }

        assertThat(log.list).hasSize(6);
        assertThat(log.list.get(0).getFormattedMessage())
                .isEqualTo("Kafka at broker:9092 has not answered for 12 s: Connection refused. The worker retries;"
                        + " nothing is lost.");
        assertThat(log.list.get(5).getFormattedMessage()).isEqualTo("Kafka answers again after 300 s");
    }

    private void passes(Duration time) {
        nanos += time.toNanos();
    }
}
