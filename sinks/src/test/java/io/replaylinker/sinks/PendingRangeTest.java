package io.replaylinker.sinks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PendingRangeTest {

    private static final PendingRange FIRST = new PendingRange(19, 10, "0123456789abcdef");
    private static final PendingRange SECOND = new PendingRange(25, 3, "fedcba9876543210");

    @Test
    void shouldSpellARangeAsItIsPromised() {
        assertThat(PendingRange.metadata(List.of(FIRST))).isEqualTo("v1;pending=19;rows=10;sha=0123456789abcdef");
    }

    @Test
    void shouldReadWhatItHasWritten() {
        assertThat(PendingRange.parse(PendingRange.metadata(List.of(FIRST, SECOND)), 10))
                .containsExactly(FIRST, SECOND);
        assertThat(PendingRange.parse(PendingRange.metadata(List.of()), 10)).isEmpty();
    }

    @Test
    void shouldKnowItsBatchByTheContent() {
        Batch batch = batch("rows");

        assertThat(PendingRange.of(batch).isOf(batch)).isTrue();
        assertThat(PendingRange.of(batch).isOf(batch("rowz"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "somebody else's words",
                "v2;pending=19;rows=10;sha=0123456789abcdef",
                "v1;pending=19;rows=0;sha=0123456789abcdef",
                "v1;pending=19;rows=11;sha=0123456789abcdef",
                "v1;pending=9;rows=1;sha=0123456789abcdef",
                "v1;pending=99999999999999999999;rows=1;sha=0123456789abcdef",
                "v1;pending=19;rows=10;sha=0123",
                "v1;pending=19;rows=10;sha=0123456789abcdef|"
            })
    void shouldRefuseWhatIsNotOfItsMaking(String metadata) {
        assertThatThrownBy(() -> PendingRange.parse(metadata, 10)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldFitIntoTheMetadataOfAnOffset() {
        PendingRange longest = new PendingRange(999_999_999_999_999_999L, 99_999_999, "0123456789abcdef");

        assertThat(PendingRange.metadata(List.of(longest, longest))).hasSizeLessThan(200);
    }

    private static Batch batch(String rows) {
        return new Batch(
                new TopicPartition("replay-links", 0),
                List.of(new SourceRecord(7, 0, rows.length(), null)),
                rows.getBytes(UTF_8));
    }
}
