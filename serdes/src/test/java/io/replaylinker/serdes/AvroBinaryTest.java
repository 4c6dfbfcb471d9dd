package io.replaylinker.serdes;

import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.schemas.ReplaySegment;
import java.util.List;
import org.junit.jupiter.api.Test;

class AvroBinaryTest {

    @Test
    void shouldReadBehindItsHeadWhatItWrote() {
        // Given
        AvroBinary<ReplaySegment> binary = new AvroBinary<>(ReplaySegment.getClassSchema());
        ReplaySegment segment = ReplaySegment.newBuilder()
                .setReplayId("0b1c2d3e4f5a69788796a5b4c3d2e1f0")
                .setProjectId(1)
                .setTraceIds(List.of("4bf92f3577b34da6a3ce929d0e0e4736"))
                .build();

        // When
        byte[] bytes = binary.write(new byte[] {7}, segment);

        // Then
        assertThat(bytes).startsWith(7);
        assertThat(binary.read(bytes, 1)).isEqualTo(segment);
    }
}
