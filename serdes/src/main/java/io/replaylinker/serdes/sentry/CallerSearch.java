package io.replaylinker.serdes.sentry;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Searches the bytes of a span for the attributes {@code sentry.kind} and {@code sentry.op} with a value of a caller, and for a
 * {@code sentry.origin} of OpenTelemetry. It does not parse the JSON. It scans eight bytes at a time for the dot of these names with the
 * following character. Each match is then read as JSON. False positives are possible, false negatives are not.
 */
final class CallerSearch {

    private static final VarHandle EIGHT_BYTES =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final long DOTS = ONES * '.';
    private static final long KS = ONES * 'k';
    private static final long OS = ONES * 'o';
    private static final long BACKSLASHES = ONES * '\\';
    private static final long US = ONES * 'u';

    private static final byte[] KIND = "\"sentry.kind\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] OP = "\"sentry.op\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ORIGIN = "\"sentry.origin\"".getBytes(StandardCharsets.US_ASCII);

    /** A span has one of each. More could be nested in each other and read repeatedly. */
    private static final int MAX_NAMES = 8;

    private static final int DOT = "\"sentry".length();

    private CallerSearch() {}

    /** Returns false if no attribute from this index on makes the span a caller of another service. */
    static boolean mayFind(byte[] in, int from) {
        int names = 0;
        int i = from;
        while (i + Long.BYTES + 1 <= in.length) {
            long stops = stops(in, i);
            if (stops == 0) {
                i += Long.BYTES;
                continue;
            }
            i += Long.numberOfTrailingZeros(stops) >> 3;
            byte[] name = nameAt(in, i);
            if (name != null) {
                if (++names > MAX_NAMES || isWanted(in, i, name)) {
                    return true;
                }
            } else if (in[i] == '\\') {
                // A name may contain escapes.
                return true;
            }
            i++;
        }
        return false;
    }

    /**
     * Sets the high bit of each byte that starts {@code .k}, {@code .o} or a numeric escape. Only the first bit is exact;
     * {@link JsonStrings} explains why.
     */
    private static long stops(byte[] in, int i) {
        long first = (long) EIGHT_BYTES.get(in, i);
        long second = (long) EIGHT_BYTES.get(in, i + 1);
        long dots = first ^ DOTS;
        long kind = dots | (second ^ KS);
        long op = dots | (second ^ OS);
        long escape = (first ^ BACKSLASHES) | (second ^ US);
        return (((kind - ONES) & ~kind) | ((op - ONES) & ~op) | ((escape - ONES) & ~escape)) & HIGH_BITS;
    }

    private static byte @Nullable [] nameAt(byte[] in, int dot) {
        return isName(KIND, in, dot) ? KIND : isName(OP, in, dot) ? OP : isName(ORIGIN, in, dot) ? ORIGIN : null;
    }

    private static boolean isName(byte[] name, byte[] in, int dot) {
        int from = dot - DOT;
        int to = from + name.length;
        return from >= 0 && to <= in.length && Arrays.equals(name, 0, name.length, in, from, to);
    }

    /** Returns whether the value behind the name belongs to a span that may be wanted. True also if it cannot be read. */
    private static boolean isWanted(byte[] in, int dot, byte[] name) {
        int end = dot - DOT + name.length;
        try {
            JsonScanner scanner = new JsonScanner(in, end);
            scanner.readColon();
            String value = AttributeValue.text(new JsonCursor(scanner));
            return name == KIND
                    ? ClientOperations.isClientKind(value)
                    : name == OP ? ClientOperations.isClientOp(value) : ClientOperations.isOtlp(value);
        } catch (JsonException e) {
            return true;
        }
    }
}
