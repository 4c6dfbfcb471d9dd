package io.replaylinker.serdes.sentry;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Searches the bytes of a span for the attributes {@code sentry.kind} and {@code sentry.op} with a value of a caller, without
 * reading JSON: eight bytes at a time, for the dot of these names with the characters behind it. Each place that is found is then read as JSON. It
 * errs to one side only: it may find a caller where there is none.
 */
final class CallerSearch {

    private static final VarHandle EIGHT_BYTES =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final long DOTS = ONES * '.';
    private static final long KS = ONES * 'k';
    private static final long OS = ONES * 'o';
    private static final long PS = ONES * 'p';
    private static final long BACKSLASHES = ONES * '\\';
    private static final long US = ONES * 'u';

    private static final byte[] KIND = "\"sentry.kind\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] OP = "\"sentry.op\"".getBytes(StandardCharsets.US_ASCII);

    /** A span has one of each. More would be nested into each other, and read over and over. */
    private static final int MAX_NAMES = 8;

    private static final int DOT = "\"sentry".length();

    private CallerSearch() {}

    /** False if no attribute from there on makes the span a caller of another service. */
    static boolean mayFind(byte[] in, int from) {
        int names = 0;
        int i = from;
        while (i + Long.BYTES + 2 <= in.length) {
            long stops = stops(in, i);
            if (stops == 0) {
                i += Long.BYTES;
                continue;
            }
            i += Long.numberOfTrailingZeros(stops) >> 3;
            boolean isKind = isName(KIND, in, i);
            if (isKind || isName(OP, in, i)) {
                if (++names > MAX_NAMES || isCaller(in, i, isKind)) {
                    return true;
                }
            } else if (in[i] == '\\') {
                // A name may be spelled with escapes.
                return true;
            }
            i++;
        }
        // Too short for a name and its value; broken JSON is found by the reader.
        return false;
    }

    /**
     * Has the high bit of each byte set that starts {@code .k}, {@code .op} or an escape by number. Only the first is exact, for
     * the reason that {@link JsonStrings} has.
     */
    private static long stops(byte[] in, int i) {
        long first = (long) EIGHT_BYTES.get(in, i);
        long second = (long) EIGHT_BYTES.get(in, i + 1);
        long third = (long) EIGHT_BYTES.get(in, i + 2);
        long dots = first ^ DOTS;
        long kind = dots | (second ^ KS);
        long op = dots | (second ^ OS) | (third ^ PS);
        long escape = (first ^ BACKSLASHES) | (second ^ US);
        return (((kind - ONES) & ~kind) | ((op - ONES) & ~op) | ((escape - ONES) & ~escape)) & HIGH_BITS;
    }

    private static boolean isName(byte[] name, byte[] in, int dot) {
        int from = dot - DOT;
        int to = from + name.length;
        return from >= 0 && to <= in.length && Arrays.equals(name, 0, name.length, in, from, to);
    }

    /** Whether the value behind the name is one of a caller; also where that cannot be read. */
    private static boolean isCaller(byte[] in, int dot, boolean isKind) {
        int end = dot - DOT + (isKind ? KIND.length : OP.length);
        try {
            JsonScanner scanner = new JsonScanner(in, end);
            scanner.readColon();
            String value = AttributeValue.text(new JsonCursor(scanner));
            return isKind ? ClientOperations.isClientKind(value) : ClientOperations.isClientOp(value);
        } catch (JsonException e) {
            return true;
        }
    }
}
