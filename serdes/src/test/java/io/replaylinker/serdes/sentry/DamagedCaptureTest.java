package io.replaylinker.serdes.sentry;

import static io.replaylinker.serdes.sentry.Decoding.assertRejected;
import static io.replaylinker.serdes.sentry.Decoding.decodeEvent;
import static io.replaylinker.serdes.sentry.Decoding.decodeReplay;
import static io.replaylinker.serdes.sentry.Decoding.decodeSpan;

import io.replaylinker.serdes.Decoded;
import io.replaylinker.serdes.RejectionReason;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Real messages, broken on the way. */
class DamagedCaptureTest {

    static List<Capture.Message> messages() {
        return Capture.all();
    }

    private static Decoded<?> decode(Capture.Message message, byte[] value) {
        if (message.isSpan()) {
            return decodeSpan(value);
        }
        return message.isReplay() ? decodeReplay(value) : decodeEvent(value);
    }

    private static boolean isInnerSpan(Capture.Message message) {
        return message.isSpan() && message.json().contains("\"is_segment\":false");
    }

    @ParameterizedTest
    @MethodSource("messages")
    void shouldRejectAMessageCutAnywhere(Capture.Message message) {
        byte[] whole = message.value();
        for (int length = 0; length < whole.length; length++) {
            Decoded<?> decoded = decode(message, Arrays.copyOf(whole, length));
            // An inner span is skipped without a look at its end.
            if (!isInnerSpan(message) || !decoded.equals(Decoded.control("inner_span"))) {
                assertRejected(decoded, RejectionReason.NOT_JSON);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("messages")
    void shouldAnswerToAMessageWithABitOfAnyByteFlipped(Capture.Message message) {
        byte[] damaged = message.value();
        for (int i = 0; i < damaged.length; i++) {
            byte whole = damaged[i];
            damaged[i] ^= (byte) (1 << ((i * 5) & 7));
            DecodedLaws.check(decode(message, damaged));
            damaged[i] = whole;
        }
    }
}
