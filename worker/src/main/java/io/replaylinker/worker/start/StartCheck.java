package io.replaylinker.worker.start;

import io.replaylinker.runtime.cli.CommandFailedException;
import io.replaylinker.runtime.wiring.KafkaProperties;
import io.replaylinker.runtime.wiring.ShuffleTopics;
import io.replaylinker.runtime.wiring.SourceTopics;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The few checks that every start of the join makes, because these problems show late, or without a clear message. */
public final class StartCheck {

    private static final Logger LOG = LoggerFactory.getLogger(StartCheck.class);

    /** With the JVM's own start, a start that must fail does so within ten seconds. */
    private static final Duration TRY_FOR = Duration.ofSeconds(6);

    private final KafkaProperties properties;
    private final SourceTopics sources;
    private final ShuffleTopics shuffle;

    public StartCheck(KafkaProperties properties, SourceTopics sources, ShuffleTopics shuffle) {
        this.properties = properties;
        this.sources = sources;
        this.shuffle = shuffle;
    }

    /**
     * Warns of source topics whose times cannot be trusted. Refuses transactions that Kafka cannot run, a heap that is too small for the
     * state, and topics of the state that are or would be truncated.
     *
     * @throws CommandFailedException with the remedy
     */
    public void run() {
        StateHeap.require(shuffle.settings().stateBytes());
        try (KafkaView kafka = KafkaView.open(properties.admin())) {
            for (TopicState topic : kafka.topics(sources.names())) {
                new TimestampType(topic)
                        .mistake()
                        .ifPresent(mistake -> LOG.warn(
                                "Topic {}: {}; {}", topic.name(), mistake, TimestampType.remedy(topic.name())));
            }
            new ShuffleState(shuffle).require(kafka);
            if (properties.isExactlyOnce()) {
                new Transactions(properties.producer(), properties.applicationId(), TRY_FOR)
                        .mistake(kafka)
                        .ifPresent(mistake -> {
                            throw new CommandFailedException(
                                    "processing.guarantee is exactly_once_v2, which requires transactions: " + mistake
                                            + "; " + Transactions.REMEDY);
                        });
            }
        } catch (Unanswered e) {
            throw new CommandFailedException("Kafka cannot be asked before the start: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailedException("interrupted while looking at Kafka", e);
        }
    }
}
