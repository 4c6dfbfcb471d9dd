package io.replaylinker.sinks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class BatchTest {

    private static final TopicPartition PARTITION = new TopicPartition("replay-links", 0);

    @Test
    void shouldHaveTheTokenOfItsRowsAlone() {
        Batch batch = batch(PARTITION, 10, "rows");

        Batch sameRowsElsewhere = batch(new TopicPartition("replay-links", 5), 90, "rows");

        assertThat(sameRowsElsewhere.token()).isEqualTo(batch.token()).hasSize(64);
    }

    @Test
    void shouldHaveAnotherTokenForOtherRowsAtTheSameOffsets() {
        Batch batch = batch(PARTITION, 10, "rows");

        Batch afterTheTopicWasMadeAgain = batch(PARTITION, 10, "rowz");

        assertThat(afterTheTopicWasMadeAgain.token()).isNotEqualTo(batch.token());
    }

    @Test
    void shouldNotBeEmpty() {
        assertThatThrownBy(() -> new Batch(PARTITION, List.of(), new byte[0]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Batch batch(TopicPartition partition, long offset, String rows) {
        return new Batch(partition, List.of(new SourceRecord(offset, 0, rows.length(), null)), rows.getBytes(UTF_8));
    }
}
