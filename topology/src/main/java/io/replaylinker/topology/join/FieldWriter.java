package io.replaylinker.topology.join;

import io.replaylinker.schemas.Id;
import io.replaylinker.schemas.SpanId;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes the fields of a claim one behind the other, as {@link FieldReader} reads them. It writes to a plain array,
 * because fields this short cost more in a {@link java.nio.ByteBuffer}.
 */
final class FieldWriter {

    private static final VarHandle NUMBERS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    static final double HUNDRED = 100;

    private static final int LONGEST_NUMBER = 10;

    /** Most claims take less; a buffer that has grown stays. */
    private byte[] bytes = new byte[1024];

    private int end;

    void start(byte[] head) {
        end = 0;
        raw(head);
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, end);
    }

    private void raw(byte[] field) {
        makeRoom(field.length);
        System.arraycopy(field, 0, bytes, end, field.length);
        end += field.length;
    }

    private void makeRoom(int length) {
        if (length > bytes.length - end) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, end + length));
        }
    }

    void bits8(int value) {
        makeRoom(1);
        bytes[end++] = (byte) value;
    }

    void bits16(int value) {
        bits8(value >> Byte.SIZE);
        bits8(value);
    }

    void bits64(long value) {
        makeRoom(Long.BYTES);
        NUMBERS.set(bytes, end, value);
        end += Long.BYTES;
    }

    /**
     * Writes a number that is nearly always small, of either sign: seven bits a byte, the lowest first, and the sign
     * below all of them.
     */
    void number(long value) {
        makeRoom(LONGEST_NUMBER);
        long rest = (value << 1) ^ (value >> (Long.SIZE - 1));
        byte[] to = bytes;
        int next = end;
        while ((rest & ~0x7f) != 0) {
            to[next++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        to[next++] = (byte) rest;
        end = next;
    }

    void text(String value) {
        byte[] field = value.getBytes(StandardCharsets.UTF_8);
        number(field.length);
        raw(field);
    }

    /** Writes one of the {@link KnownTexts} as its number below zero, and any other text in full. */
    void known(String value) {
        int number = KnownTexts.number(value);
        if (number < 0) {
            text(value);
        } else {
            number(-1L - number);
        }
    }

    /** Writes a share that nearly always is of hundredths, 0 to 1. */
    void share(double value) {
        long hundredths = Math.round(value * HUNDRED);
        if (hundredths >= 0 && hundredths / HUNDRED == value) {
            number(hundredths);
        } else {
            number(-1);
            bits64(Double.doubleToRawLongBits(value));
        }
    }

    void id(Id value) {
        bits64((long) NUMBERS.get(value.bytes(), 0));
        bits64((long) NUMBERS.get(value.bytes(), Long.BYTES));
    }

    void span(SpanId value) {
        bits64((long) NUMBERS.get(value.bytes(), 0));
    }

    // Optional fields have methods of their own, so that the others fail on an unexpected null. They write nothing for
    // null: a flag has to record the absence.

    void any64(@Nullable Long value) {
        if (value != null) {
            bits64(value);
        }
    }

    void anyNumber(@Nullable Long value) {
        if (value != null) {
            number(value);
        }
    }

    void anyText(@Nullable String value) {
        if (value != null) {
            text(value);
        }
    }

    void anyKnown(@Nullable String value) {
        if (value != null) {
            known(value);
        }
    }

    void anyId(@Nullable Id value) {
        if (value != null) {
            id(value);
        }
    }

    void anySpan(@Nullable SpanId value) {
        if (value != null) {
            span(value);
        }
    }

    void spans(List<SpanId> values) {
        number(values.size());
        for (SpanId value : values) {
            span(value);
        }
    }
}
