package io.replaylinker.serdes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.replaylinker.schemas.Claim;
import io.replaylinker.schemas.EventSummary;
import io.replaylinker.schemas.Id;
import io.replaylinker.schemas.Method;
import io.replaylinker.schemas.ReplayObservation;
import io.replaylinker.schemas.ReplaySegment;
import io.replaylinker.schemas.SpanId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

class AvroBinaryTest {

    private static final byte[] NO_HEAD = {};
    private static final List<Method> METHODS = List.of(Method.values());

    private final Random random = new Random(7);
    private final AvroBinary<Claim> claims = new AvroBinary<>(Claim.getClassSchema());

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

    @Test
    void shouldWriteTheBytesThatAvroWritesByDefault() throws IOException {
        for (int i = 0; i < 200; i++) {
            Claim claim = claim();
            assertThat(claims.write(NO_HEAD, claim)).isEqualTo(plain(claim));
        }
    }

    @Test
    void shouldWriteRecordsThatAreLongerThanItsBuffer() {
        // Given
        Claim claim = claim();
        claim.getEvent().setTransaction("x".repeat(5_000));
        claim.getEvent().setClientSpanIds(spans(64));

        // When
        Claim read = claims.read(claims.write(NO_HEAD, claim), 0);

        // Then
        assertThat(read).isEqualTo(claim);
    }

    @Test
    void shouldCarryNothingOverFromOneRecordToTheNext() {
        // Given: all fields, then as few as there can be
        List<Claim> written = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            written.add(claim());
        }

        // When
        List<byte[]> bytes =
                written.stream().map(claim -> claims.write(NO_HEAD, claim)).toList();
        List<Claim> read = bytes.stream().map(each -> claims.read(each, 0)).toList();

        // Then
        assertThat(read).isEqualTo(written);
    }

    @Test
    void shouldForgetWhatARecordLeftThatCouldNotBeWritten() {
        // Given
        Claim broken = claim();
        broken.setMethod(null);
        Claim claim = claim();

        // When
        assertThatThrownBy(() -> claims.write(NO_HEAD, broken)).isInstanceOf(RuntimeException.class);

        // Then
        assertThat(claims.read(claims.write(NO_HEAD, claim), 0)).isEqualTo(claim);
    }

    @Test
    void shouldReadAnObservationOfEitherKind() {
        // Given
        AvroBinary<ReplayObservation> binary = new AvroBinary<>(ReplayObservation.getClassSchema());
        ReplayObservation bare = new ReplayObservation(
                id(), true, 0L, 11L, 1L, 2L, -1, false, 0, null, null, null, null, 0L, null, null);
        ReplayObservation full = new ReplayObservation(
                id(), false, 1L, 0L, 1L, 2L, 3, true, 90, "session", "javascript", "r", "e", 4L, 5L, 6L);

        // When
        List<ReplayObservation> read = List.of(bare, full, bare).stream()
                .map(observation -> binary.read(binary.write(NO_HEAD, observation), 0))
                .toList();

        // Then
        assertThat(read).containsExactly(bare, full, bare);
    }

    private Claim claim() {
        EventSummary event = EventSummary.newBuilder()
                .setEventId(id())
                .setOrganizationId(random.nextLong())
                .setProjectId(22)
                .setType("error")
                .setLevel("")
                .setTimestampMs(1_795_174_605_470L)
                .setReceivedMs(1_795_174_605_999L)
                .setTraceId(random.nextBoolean() ? id() : null)
                .setSpanId(random.nextBoolean() ? spans(1).get(0) : null)
                .setGroupId(random.nextBoolean() ? 12L : null)
                .setPlatform(random.nextBoolean() ? "node" : null)
                .setTransaction(random.nextBoolean() ? "GET /caf\u00e9/\ud83d\ude00" : null)
                .setClientSpanIds(spans(random.nextInt(4)))
                .build();
        return Claim.newBuilder()
                .setEvent(event)
                .setMethod(METHODS.get(random.nextInt(METHODS.size())))
                .setReplayId(random.nextBoolean() ? id() : null)
                .setConfidence(random.nextDouble())
                .setRevision(random.nextInt())
                .setWithdrawn(random.nextBoolean())
                .build();
    }

    private Id id() {
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        return new Id(bytes);
    }

    private List<SpanId> spans(int number) {
        return random.ints(number)
                .mapToObj(last -> new SpanId(new byte[] {1, 2, 3, 4, 5, 6, 7, (byte) last}))
                .toList();
    }

    private static byte[] plain(SpecificRecord value) throws IOException {
        Schema schema = value.getSchema();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
        new SpecificDatumWriter<>(schema).write(value, encoder);
        encoder.flush();
        return out.toByteArray();
    }
}
