package io.replaylinker.topology.join;

import io.replaylinker.schemas.Id;
import io.replaylinker.schemas.SpanId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the fields of a claim in the order in which a {@link FieldWriter} wrote them. */
final class FieldReader {

    private static final VarHandle NUMBERS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final int SPAN = 8;

    private final byte[] bytes;
    private final int from;
    private final int end;
    private int next;

    /** Reads this many bytes from this place on. */
    FieldReader(byte[] bytes, int from, int length) {
        this.bytes = bytes;
        this.from = from;
        this.end = from + length;
        this.next = from;
    }

    /** Advances past a field of this length, and returns where it begins. */
    private int pass(long length) {
        int start = next;
        if (length < 0 || length > end - start) {
            throw broken();
        }
        next = start + (int) length;
        return start;
    }

    /** The bytes are no claim. */
    UncheckedIOException broken() {
        return new UncheckedIOException(new IOException(
                "a claim of " + (end - from) + " bytes is cut off, or is none: it breaks at byte " + (next - from)));
    }

    /** Must be called behind the last field. */
    void end() {
        if (next != end) {
            throw new UncheckedIOException(new IOException(
                    "a claim of " + (end - from) + " bytes ends " + (end - next) + " before, or is none"));
        }
    }

    int bits8() {
        return bytes[pass(1)];
    }

    int bits16() {
        return (bits8() << Byte.SIZE) | (bits8() & 0xff);
    }

    long bits64() {
        return (long) NUMBERS.get(bytes, pass(Long.BYTES));
    }

    long number() {
        long rest = 0;
        int bits = 0;
        byte part;
        do {
            part = bytes[pass(1)];
            rest |= (long) (part & 0x7f) << bits;
            bits += 7;
        } while (part < 0);
        return (rest >>> 1) ^ -(rest & 1);
    }

    /** One of the constants of an enum. */
    <E> E symbol(List<E> symbols) {
        int index = bits8();
        if (index < 0 || index >= symbols.size()) {
            throw broken();
        }
        return symbols.get(index);
    }

    String text() {
        return text(number());
    }

    /** A text that may be one of the {@link KnownTexts}. */
    String known() {
        long length = number();
        if (length >= 0) {
            return text(length);
        }
        long number = -1 - length;
        if (number >= KnownTexts.size()) {
            throw broken();
        }
        return KnownTexts.text((int) number);
    }

    /** A share, 0 to 1. */
    double share() {
        long hundredths = number();
        return hundredths < 0 ? Double.longBitsToDouble(bits64()) : hundredths / FieldWriter.HUNDRED;
    }

    private String text(long length) {
        return new String(bytes, pass(length), (int) length, StandardCharsets.UTF_8);
    }

    Id id() {
        return new Id(copy(IdBytes.BYTES));
    }

    /** An id, or that of the group of a row's key where one is given. */
    Id id(byte @Nullable [] key) {
        return key == null ? id() : Keys.id(key);
    }

    SpanId span() {
        return new SpanId(copy(SPAN));
    }

    private byte[] copy(int length) {
        int start = pass(length);
        return Arrays.copyOfRange(bytes, start, start + length);
    }

    <T> List<T> list(Function<FieldReader, T> field) {
        int size = size();
        if (size == 0) {
            return List.of();
        }
        List<T> list = new ArrayList<>(size);
        for (int left = size; left > 0; left--) {
            list.add(field.apply(this));
        }
        return list;
    }

    /**
     * Size of a list. An element has at least one byte, so that malformed input requests no more memory than its own
     * size.
     */
    private int size() {
        long size = number();
        if (size < 0 || size > end - next) {
            throw broken();
        }
        return (int) size;
    }
}
