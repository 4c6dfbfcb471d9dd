package io.replaylinker.worker.reprocess;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TallyTest {

    @TempDir
    private Path folder = Path.of("");

    /** A run that goes on has to wait for what an earlier life said, and to look whether it has come. */
    @Test
    void shouldKnowWhatAnEarlierLifeSaid() {
        Map<TopicPartition, Long> said =
                Map.of(new TopicPartition("replay-links", 0), 7L, new TopicPartition("replay-links", 1), 12L);
        try (RunStore store = RunStore.open(folder)) {
            Tally tally = new Tally(store);
            assertThat(tally.said()).isEmpty();
            assertThat(tally.hasLives()).isFalse();
            tally.addSlot(false);
            tally.addSlot(true);
            tally.said(said);
            tally.addLives(0);
            store.commit();
        }

        try (RunStore store = RunStore.open(folder)) {
            Tally tally = new Tally(store);
            assertThat(tally.slots()).isEqualTo(2);
            assertThat(tally.isChanged(0)).isFalse();
            assertThat(tally.isChanged(1)).isTrue();
            assertThat(tally.said()).isEqualTo(said);
            assertThat(tally.hasLives()).isTrue();
        }
    }
}
