package io.replaylinker.serdes.sentry;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.replaylinker.serdes.Decoded;
import io.replaylinker.serdes.RejectionReason;
import io.replaylinker.serdes.trace.Baggage;
import io.replaylinker.serdes.trace.SentryTrace;
import io.replaylinker.serdes.trace.Traceparent;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Any bytes, any header: an answer, never an exception, and never another verdict on what is JSON than Jackson's. {@code
 * -Dfuzz.inputs=} says how many, {@code -Dseed=} repeats a run, {@code -Dfuzz.from=} starts it at one input.
 */
class DecoderFuzzTest {

    private final long seed = Long.getLong("seed", System.nanoTime());
    private final int inputs = Integer.getInteger("fuzz.inputs", 20_000);
    private final int from = Integer.getInteger("fuzz.from", 0);
    private final Map<String, Integer> answers = new TreeMap<>();

    @Test
    void shouldAnswerToAnyInput() {
        FuzzInputs source = new FuzzInputs();
        System.out.printf("Fuzzing with %,d inputs, -Dseed=%d%n", inputs - from, seed);
        long start = System.nanoTime();
        for (int i = from; i < inputs; i++) {
            SplittableRandom random = new SplittableRandom(seed + i);
            byte[] input = source.next(random);
            String header = FuzzInputs.header(random);
            try {
                checkDecoders(input);
                checkHeader(header);
                checkHeader(new String(input, ISO_8859_1));
            } catch (RuntimeException | AssertionError | StackOverflowError e) {
                throw new AssertionError(failure(i, input, header), e);
            }
        }
        System.out.printf("Fuzzed in %.1f s, answers %s%n", (System.nanoTime() - start) / 1e9, answers);
    }

    private void checkDecoders(byte[] input) {
        Decoded<?> event = Decoding.decodeEvent(input);
        Decoded<?> replay = Decoding.decodeReplay(input);
        Decoded<?> span = Decoding.decodeSpan(input);
        DecodedLaws.check(event);
        DecodedLaws.check(span);
        DecodedLaws.check(replay);
        checkVerdict(input, event);
        checkVerdict(input, replay);
        if (isSkipped(span)) {
            checkSkipped(input);
        } else {
            checkVerdict(input, span);
        }
        count("event", event);
        count("span", span);
        count("replay", replay);
    }

    /** Behind the look at a skipped span there may be anything. */
    private static boolean isSkipped(Decoded<?> span) {
        return span.equals(Decoded.control("inner_span"));
    }

    /** A whole reading, which a message with its is_segment at the end gets, must come to the same answer. */
    private static void checkSkipped(byte[] input) {
        byte[] reordered = JacksonOracle.withFieldLast(input, "is_segment");
        if (reordered != null && !isSkipped(Decoding.decodeSpan(reordered))) {
            throw new AssertionError("skipped what a whole reading takes");
        }
    }

    private static void checkVerdict(byte[] input, Decoded<?> decoded) {
        boolean notJson =
                decoded instanceof Decoded.Rejection<?> rejection && rejection.reason() == RejectionReason.NOT_JSON;
        if (isComparable(input) && notJson == JacksonOracle.accepts(input)) {
            throw new AssertionError(notJson ? "rejected what Jackson accepts" : "accepted what Jackson rejects");
        }
    }

    /**
     * Jackson also asks for UTF-8 and whole surrogate pairs inside of strings, knows more spellings of infinity, and reads UTF-16
     * and UTF-32, which it tells by a zero among the first bytes.
     */
    private static boolean isComparable(byte[] input) {
        String text = new String(input, UTF_8);
        int zero = text.indexOf('\0');
        return (zero < 0 || zero > 3)
                && text.indexOf('\ufffd') < 0
                && !text.contains("\\ud83d")
                && !text.contains("INF");
    }

    private static void checkHeader(String header) {
        SentryTrace.parse(header);
        Traceparent.parse(header);
        Baggage.value(header, "sentry-replay_id");
        String bounded = Baggage.bounded(header);
        if (!header.endsWith(bounded) || !bounded.equals(Baggage.bounded(bounded))) {
            throw new AssertionError("baggage is bounded in another way the second time");
        }
    }

    private void count(String decoder, Decoded<?> decoded) {
        String answer = decoded instanceof Decoded.Rejection<?> rejection
                ? rejection.reason().name()
                : decoded.getClass().getSimpleName().toLowerCase(Locale.ROOT);
        answers.merge(decoder + " " + answer, 1, Integer::sum);
    }

    private String failure(int input, byte[] bytes, String header) {
        return "input %d of seed %d, %d bytes, header of %d; repeat with -Dseed=%d -Dfuzz.from=%d -Dfuzz.inputs=%d"
                .formatted(input, seed, bytes.length, header.length(), seed, input, input + 1);
    }
}
