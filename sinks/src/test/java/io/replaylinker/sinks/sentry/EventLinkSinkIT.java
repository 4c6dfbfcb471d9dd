package io.replaylinker.sinks.sentry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.replaylinker.clickhouse.ErrorClass;
import io.replaylinker.clickhouse.StorageException;
import io.replaylinker.schemas.Link;
import io.replaylinker.sinks.Await;
import io.replaylinker.sinks.Batch;
import io.replaylinker.sinks.BatchInserter;
import io.replaylinker.sinks.SinkState;
import io.replaylinker.sinks.TopicSink;
import io.replaylinker.testkit.containers.Parts;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Links on a real Kafka, from their topic to Sentry's. */
@ParameterizedClass
@MethodSource("io.replaylinker.testkit.containers.Parts#embeddedAndContainers")
class EventLinkSinkIT {

    private static final String GROUP = "-sentry-sink";

    private final Parts parts;

    EventLinkSinkIT(Parts parts) {
        this.parts = parts;
        parts.kafka();
    }

    @Test
    void shouldWriteTheSameMessagesAgainAfterACrashBetweenProduceAndCommit() throws Exception {
        // Given
        SentryTopic topic = SentryTopic.create(parts.kafka());
        Map<TopicPartition, Long> end = topic.produce(
                IntStream.range(0, 120).mapToObj(event -> event + " 1").toArray(String[]::new));
        try (TopicSink<Link> crashing = topic.sink(GROUP, new CrashesAfterInsert(topic.inserter(), 2))) {
            crashing.start();
            Await.until("the crash", () -> crashing.state() == SinkState.FAILED);
        }
        List<byte[]> before = topic.messages();

        // When
        List<byte[]> after = topic.publishAll(GROUP, end);

        // Then
        List<String> sent = after.stream().map(String::new).toList();
        assertThat(before).hasSizeBetween(51, 119);
        assertThat(sent).hasSizeGreaterThan(120);
        assertThat(sent.stream().distinct()).hasSize(120);
        assertThat(sent.subList(before.size(), sent.size())).containsAll(sent.subList(50, before.size()));
    }

    @Test
    void shouldWaitForATopicThatIsNotThereYet() throws Exception {
        // Given
        SentryTopic topic = SentryTopic.linksOnly(parts.kafka());
        Map<TopicPartition, Long> end = topic.produce("1 1");
        try (TopicSink<Link> sink = topic.sink(GROUP, topic.inserter())) {
            sink.start();
            Await.until("a try has failed", () -> sink.state() == SinkState.RETRYING);

            // When
            topic.createReplays();

            // Then
            assertThat(sink.awaitCommitted(end, SentryTopic.LONG_ENOUGH)).isTrue();
        }
        assertThat(topic.messages()).hasSize(1);
    }

    @Test
    void shouldCommitLinksOfWhichNothingIsSent() throws Exception {
        // Given
        SentryTopic topic = SentryTopic.create(parts.kafka());
        Map<TopicPartition, Long> end = topic.produce("-1 1", "2 1");

        // When
        List<byte[]> sent = topic.publishAll(GROUP, end);

        // Then
        assertThat(sent).hasSize(1);
    }

    @Test
    void shouldReportAnInterruptionLikeAnyFailure() {
        // Given
        SentryTopic topic = SentryTopic.create(parts.kafka());
        try (BatchInserter inserter = topic.inserter()) {
            Thread.currentThread().interrupt();

            // When
            StorageException failure = catchThrowableOfType(StorageException.class, inserter::prepare);

            // Then
            assertThat(Thread.interrupted()).isTrue();
            assertThat(failure.errorClass()).isEqualTo(ErrorClass.RETRYABLE);
        }
    }

    /** Stands for a process that dies: the brokers have the batch, and the group does not know. */
    private static final class CrashesAfterInsert implements BatchInserter {

        private final BatchInserter inserter;
        private int left;

        CrashesAfterInsert(BatchInserter inserter, int batches) {
            this.inserter = inserter;
            this.left = batches;
        }

        @Override
        public void prepare() {
            inserter.prepare();
        }

        @Override
        public void insert(Batch batch) {
            inserter.insert(batch);
            left--;
            if (left == 0) {
                throw new StorageException(ErrorClass.PERMANENT, "crashed");
            }
        }

        @Override
        public void close() {
            inserter.close();
        }
    }
}
