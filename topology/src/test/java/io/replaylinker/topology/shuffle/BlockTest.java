package io.replaylinker.topology.shuffle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;

class BlockTest {

    private record Entry(String text, long timestampMs) {}

    /** A block of one entry. */
    static byte[] block(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return Block.of(bytes[0], head -> {
            byte[] all = Arrays.copyOf(head, head.length + bytes.length - 1);
            System.arraycopy(bytes, 1, all, head.length, bytes.length - 1);
            return all;
        });
    }

    private static List<Entry> read(byte[] block) {
        List<Entry> entries = new ArrayList<>();
        Block.read(
                block,
                7,
                (bytes, from, length, timestampMs) ->
                        entries.add(new Entry(new String(bytes, from, length, StandardCharsets.UTF_8), timestampMs)));
        return entries;
    }

    @Test
    void shouldReadABlockThatNoProducerPacked() {
        assertThat(read(block("alone"))).containsExactly(new Entry("alone", 7));
    }

    @Test
    void shouldKeepTheOrderAndTheTimesOfWhatIsPacked() {
        // Given
        OpenBlock open = new OpenBlock(8);
        List<Entry> entries = List.of(new Entry("one", 30), new Entry("x", 10), new Entry("three", 20));

        // When
        for (Entry entry : entries) {
            byte[] alone = block(entry.text());
            Block.stamp(alone, entry.timestampMs());
            open.add(alone, entry.timestampMs(), null);
        }

        // Then
        assertThat(read(open.toBytes())).isEqualTo(entries);
        assertThat(open.latestMs()).isEqualTo(30);
    }

    @Test
    void shouldRefuseABlockThatIsCutOffAnywhere() {
        byte[] whole = block("whole");
        assertThatThrownBy(() -> read(new byte[0])).isInstanceOf(SerializationException.class);
        for (int length = 2; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> read(cut))
                    .as("%d of %d bytes", length, whole.length)
                    .isInstanceOf(SerializationException.class)
                    .hasMessageContaining("cut off");
        }
    }

    @Test
    void shouldRefuseABlockOfAnotherVersion() {
        // Claims before there were blocks began with 0x12.
        for (byte version : new byte[] {0, 2, 0x12}) {
            byte[] block = block("other");
            block[0] = version;
            assertThatThrownBy(() -> read(block))
                    .isInstanceOf(SerializationException.class)
                    .hasMessageContaining("written by another one");
        }
    }

    @Test
    void shouldNotifyEverySenderOfAFailureAndOneOfSuccess() {
        // Given
        List<String> notified = new ArrayList<>();
        OpenBlock open = new OpenBlock(64);
        for (String sender : List.of("first", "second")) {
            open.add(block(sender), 1, (metadata, failure) -> notified.add(sender + " " + (failure == null)));
        }

        // When
        Callback answer = open.answer();
        open.clear();
        answer.onCompletion(null, new SerializationException("too large"));
        answer.onCompletion(null, null);

        // Then
        assertThat(notified).containsExactly("first false", "second false", "second true");
        assertThat(open.isEmpty()).isTrue();
    }
}
