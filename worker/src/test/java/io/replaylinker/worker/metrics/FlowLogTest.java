package io.replaylinker.worker.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class FlowLogTest {

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final AtomicReference<Double> lag = new AtomicReference<>(Double.NaN);
    private final Logger logger = (Logger) LoggerFactory.getLogger(FlowLog.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private long nanos = 3;
    private final FlowLog flow = new FlowLog(meters, true, true, () -> nanos);

    @BeforeEach
    void listen() {
        meters.gauge("replay_linker_lag", lag, AtomicReference::get);
        log.start();
        logger.addAppender(log);
        logger.setLevel(Level.INFO);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(log);
        logger.setLevel(null);
    }

    @Test
    void shouldLogALineAMinuteWithWhatFlowedInIt() {
        meters.counter("replay.linker.records", "topic", "events").increment(1_200);
        meters.counter("replay.linker.records", "topic", "transactions").increment(34);
        meters.counter("replay_linker_sink_rows", "sink", "links").increment(5);
        lag.set(7.0);
        passes(60);
        meters.counter("replay.linker.records", "topic", "events").increment(10);
        lag.set(Double.NaN);
        passes(60);

        assertThat(messages())
                .containsExactly(
                        "Caught up with the source topics",
                        "Last minute: 1,234 records read, 0 links, 0 retractions, 0 unlinked, 0 rejected, 0 events waiting,"
                                + " 5 rows inserted, lag 7 records",
                        "Last minute: 10 records read, 0 links, 0 retractions, 0 unlinked, 0 rejected, 0 events waiting,"
                                + " 0 rows inserted, lag unknown");
    }

    @Test
    void shouldLogOnceThatItCaughtUpAndThatItLinked() {
        passes(5);
        lag.set(100.0);
        passes(5);
        lag.set(0.0);
        passes(10);
        meters.counter("replay.linker.links", "method", "trace").increment();
        passes(10);

        assertThat(messages()).containsExactly("Caught up with the source topics", "First link since the start");
    }

    private List<String> messages() {
        return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    private void passes(int seconds) {
        for (int second = 0; second < seconds; second++) {
            nanos += Duration.ofSeconds(1).toNanos();
            flow.look();
        }
    }
}
