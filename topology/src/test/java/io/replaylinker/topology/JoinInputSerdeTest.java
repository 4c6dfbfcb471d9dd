package io.replaylinker.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.replaylinker.schemas.Claim;
import io.replaylinker.schemas.ReplayObservation;
import io.replaylinker.schemas.ReplaySegment;
import io.replaylinker.serdes.Ids;
import io.replaylinker.topology.claim.ClaimOddities;
import io.replaylinker.topology.claim.ClaimReader;
import io.replaylinker.topology.claim.ClaimSettings;
import io.replaylinker.topology.claim.SegmentReader;
import io.replaylinker.topology.claim.UserHashes;
import io.replaylinker.topology.join.Tombstone;
import io.replaylinker.topology.shuffle.Block;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.Test;

class JoinInputSerdeTest {

    private static final UserHashes USERS = new UserHashes(new byte[] {1});
    private static final ReplaySegment SEGMENT = segment();
    private static final Claim CLAIM =
            Objects.requireNonNull(new ClaimReader(ClaimSettings.defaults(), USERS, ClaimOddities.NONE)
                    .read(Samples.named(Samples.error(1, 3, 7), 10), Samples.at(3)));
    private static final ReplayObservation OBSERVATION =
            Objects.requireNonNull(new SegmentReader(USERS).read(SEGMENT, Samples.at(5)));

    private final JoinInputSerde serde = new JoinInputSerde();

    @Test
    void shouldReadBackWhatItWrote() {
        List<JoinInput> inputs = List.of(
                new JoinInput.EventClaim(CLAIM),
                new JoinInput.ReplaySeen(OBSERVATION),
                new JoinInput.TraceSeen(
                        SegmentReader.traces(SEGMENT, OBSERVATION).get(0)),
                new JoinInput.ErrorNamed(
                        SegmentReader.errors(SEGMENT, OBSERVATION).get(0)),
                new JoinInput.Affiliation(22, 1),
                new JoinInput.EventTombstone(
                        new Tombstone(22, Objects.requireNonNull(Ids.parse(Samples.id(1))), Samples.TEN)),
                new JoinInput.Watermark("ingest-replay-events-0", Samples.TEN, Samples.TEN + 1));

        List<JoinInput> read = inputs.stream()
                .map(input -> read(serde.serializer().serialize("", input)))
                .toList();

        assertThat(read).isEqualTo(inputs);
    }

    private JoinInput read(byte[] block) {
        return Inputs.of((JoinInput.Packed) serde.deserializer().deserialize("", block))
                .get(0);
    }

    private static ReplaySegment segment() {
        ReplaySegment segment = Samples.segment(10, 0, 0, 5, 7);
        segment.setErrorIds(List.of(Samples.id(1)));
        return segment;
    }

    @Test
    void shouldServeAllThreadsOfAWorkerAtOnce() {
        // Given
        Serializer<JoinInput> serializer = serde.serializer();
        JoinInput claim = new JoinInput.EventClaim(CLAIM);
        JoinInput observation = new JoinInput.ReplaySeen(OBSERVATION);

        // When
        List<JoinInput> read = IntStream.range(0, 20_000)
                .parallel()
                .mapToObj(number -> serializer.serialize("", number % 2 == 0 ? claim : observation))
                .map(this::read)
                .toList();

        // Then
        assertThat(read.stream().filter(claim::equals)).hasSize(10_000);
        assertThat(read.stream().filter(observation::equals)).hasSize(10_000);
    }

    @Test
    void shouldReportThatARecordIsOfAnotherRelease() {
        // Claims and sightings of the release before and of one to come.
        for (byte kind : new byte[] {0x13, 0x21, 0x15, 0x23}) {
            assertThatThrownBy(() -> read(Block.of(kind, head -> head)))
                    .isInstanceOf(SerializationException.class)
                    .hasMessageContaining("written by another one");
        }
    }
}
