package io.replaylinker.sinks.sentry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.replaylinker.clickhouse.ErrorClass;
import io.replaylinker.clickhouse.StorageException;
import io.replaylinker.schemas.Link;
import io.replaylinker.schemas.Method;
import io.replaylinker.sinks.Batch;
import io.replaylinker.sinks.Batches;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class EventLinkInserterTest {

    private static final String TOPIC = "ingest-replay-events";

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final List<MockProducer<byte[], byte[]>> producers = new ArrayList<>();
    private final EventLinkInserter inserter = new EventLinkInserter(TOPIC, this::producer, meters);

    @Test
    void shouldSendAMessageForEachLinkThatPassesAndCountTheOthers() {
        // Given
        Batch batch = batch(
                SentryLinks.byTrace(1, 1),
                SentryLinks.builder(2, 1).setMethod(Method.REPLAY_ID).build(),
                SentryLinks.builder(3, 1).setDeleted(true).build(),
                SentryLinks.withLevel(4, 1, "log"),
                SentryLinks.byTrace(5, 2));

        // When
        inserter.insert(batch);

        // Then
        assertThat(producers).hasSize(1);
        assertThat(producers.get(0).history()).hasSize(2).allSatisfy(record -> {
            assertThat(record.topic()).isEqualTo(TOPIC);
            assertThat(record.key()).isNull();
        });
        assertThat(count("sent")).isEqualTo(2);
        assertThat(count("made_by_sentry")).isEqualTo(1);
        assertThat(count("retracted")).isEqualTo(1);
        assertThat(count("unknown_level")).isEqualTo(1);
        assertThat(count("transaction")).isZero();
        assertThat(count("unconfirmed")).isZero();
    }

    @Test
    void shouldTryAgainWithANewProducerAndCountOnce() {
        // Given
        Batch batch = batch(SentryLinks.byTrace(1, 1));
        inserter.prepare();
        producers.get(0).sendException = new TimeoutException("the broker is away\nand more");

        // When
        StorageException failure = catchThrowableOfType(StorageException.class, () -> inserter.insert(batch));

        // Then
        assertThat(failure.errorClass()).isEqualTo(ErrorClass.RETRYABLE);
        assertThat(failure).hasMessage("writing to topic ingest-replay-events failed: the broker is away");
        assertThat(producers.get(0).closed()).isTrue();
        assertThat(count("sent")).isZero();
        inserter.insert(batch);
        assertThat(producers).hasSize(2);
        assertThat(producers.get(1).history()).hasSize(1);
        assertThat(count("sent")).isEqualTo(1);
    }

    @Test
    void shouldStopAtTheFirstRecordThatFailsAtOnce() {
        // Given
        producers.add(failing(new TimeoutException("no such topic")));
        EventLinkInserter failing = new EventLinkInserter(TOPIC, () -> producers.get(0), meters);

        // When
        Throwable failure =
                catchThrowable(() -> failing.insert(batch(SentryLinks.byTrace(1, 1), SentryLinks.byTrace(2, 1))));

        // Then
        assertThat(failure).hasMessageEndingWith("no such topic");
        assertThat(producers.get(0).history()).hasSize(1);
    }

    @Test
    void shouldDistinguishWhatPassesFromWhatDoesNot() {
        assertThat(classOf(new OutOfOrderSequenceException("a new producer starts anew")))
                .isEqualTo(ErrorClass.RETRYABLE);
        assertThat(classOf(new KafkaException("Producer is closed forcefully.")))
                .isEqualTo(ErrorClass.RETRYABLE);
        assertThat(classOf(new RecordTooLargeException("1 MB"))).isEqualTo(ErrorClass.PERMANENT);
        assertThat(classOf(new TopicAuthorizationException(TOPIC))).isEqualTo(ErrorClass.PERMANENT);
        assertThat(classOf(new ConfigException("delivery.timeout.ms"))).isEqualTo(ErrorClass.PERMANENT);
        assertThat(classOf(new IllegalStateException("a mistake"))).isEqualTo(ErrorClass.PERMANENT);
    }

    @Test
    void shouldReportWhatIsWrongWithASetting() {
        // Given
        EventLinkInserter wrong = new EventLinkInserter(
                TOPIC,
                () -> {
                    throw new KafkaException("Failed to construct", new ConfigException("acks", "many", "no number"));
                },
                meters);

        // When
        StorageException failure = catchThrowableOfType(StorageException.class, wrong::prepare);

        // Then
        assertThat(failure.errorClass()).isEqualTo(ErrorClass.PERMANENT);
        assertThat(failure).hasMessageEndingWith("failed: Invalid value many for configuration acks: no number");
    }

    @Test
    void shouldWaitForABrokersNameThatResolvedBefore() {
        // Given
        KafkaException unresolved =
                new KafkaException("Failed to construct", new ConfigException("No resolvable bootstrap urls"));
        EventLinkInserter started = new EventLinkInserter(
                TOPIC,
                () -> {
                    if (producers.isEmpty()) {
                        return producer();
                    }
                    throw unresolved;
                },
                meters);
        started.prepare();
        producers.get(0).sendException = new TimeoutException("the broker is away");
        assertThat(catchThrowable(() -> started.insert(batch(SentryLinks.byTrace(1, 1)))))
                .isNotNull();

        // When
        StorageException failure = catchThrowableOfType(StorageException.class, started::prepare);

        // Then
        assertThat(failure.errorClass()).isEqualTo(ErrorClass.RETRYABLE);
        assertThat(failure).hasMessageEndingWith("No resolvable bootstrap urls");
    }

    @Test
    void shouldKeepAcknowledgementsAndNoTransactionWhateverTheSettings() {
        assertThat(EventLinkSink.effective(
                        Map.of("acks", "0", "enable.idempotence", "false", "transactional.id", "x", "linger.ms", "7")))
                .containsEntry("acks", "all")
                .containsEntry("enable.idempotence", true)
                .containsEntry("linger.ms", "7")
                .doesNotContainKey("transactional.id");
    }

    @Test
    void shouldCloseItsProducer() {
        // Given
        inserter.prepare();

        // When
        inserter.close();

        // Then
        assertThat(producers.get(0).closed()).isTrue();
        assertThatNoException().isThrownBy(inserter::close);
        assertThat(catchThrowableOfType(StorageException.class, inserter::prepare))
                .hasMessageContaining("was stopped");
    }

    private static ErrorClass classOf(RuntimeException failure) {
        return ProducerErrors.of(TOPIC, failure).errorClass();
    }

    private Producer<byte[], byte[]> producer() {
        MockProducer<byte[], byte[]> made = acknowledging();
        producers.add(made);
        return made;
    }

    private static MockProducer<byte[], byte[]> acknowledging() {
        return new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Takes the record and answers at once that it could not be sent. */
    private static MockProducer<byte[], byte[]> failing(RuntimeException failure) {
        return new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer()) {
            @Override
            public synchronized Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record) {
                Future<RecordMetadata> future = super.send(record);
                errorNext(failure);
                return future;
            }
        };
    }

    private static Batch batch(Link... links) {
        return Batches.of(0, new EventLinkRows(EventLinkMode.MISSING), SentryLinks.EVENT_MS, List.of(links));
    }

    private double count(String outcome) {
        return meters.get("replay_linker_sentry_event_links")
                .tag("outcome", outcome)
                .counter()
                .count();
    }
}
