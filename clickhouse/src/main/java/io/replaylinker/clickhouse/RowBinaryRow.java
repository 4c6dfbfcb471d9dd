package io.replaylinker.clickhouse;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.clickhouse.client.api.data_formats.RowBinaryFormatSerializer;
import io.replaylinker.schemas.Id;
import io.replaylinker.schemas.SpanId;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes a row in ClickHouse's RowBinary format, value by value in column order. A missing value becomes zeros or an empty string. A value
 * outside the column's range becomes the nearest one within it.
 */
final class RowBinaryRow {

    private static final byte[] NO_ID = new byte[16];
    private static final byte[] NO_SPAN_ID = new byte[8];

    /** The TTLs of the tables use DateTime, which ends in 2106. A later time would wrap around to 1970 and expire. */
    private static final long LAST_TIME_MS = 4_294_967_295_000L;

    private static final long DAY_MS = 86_400_000;
    private static final int HOUR_S = 3_600;
    private static final int LAST_UINT16 = 0xFFFF;

    private final OutputStream out;
    private final RowBinaryFormatSerializer row;

    RowBinaryRow(OutputStream out) {
        this.out = out;
        this.row = new RowBinaryFormatSerializer(out);
    }

    /** UInt64 has the bytes of a Java long. The serializer's own method converts through BigInteger. */
    void number(long value) throws IOException {
        row.writeInt64(value);
    }

    void int32(int value) throws IOException {
        row.writeInt32(value);
    }

    void uint16(int value) throws IOException {
        row.writeUInt16(Math.min(Math.max(value, 0), LAST_UINT16));
    }

    /** Writes a UInt8. */
    void flag(boolean value) throws IOException {
        row.writeUInt8((short) (value ? 1 : 0));
    }

    void bool(boolean value) throws IOException {
        row.writeBool(value);
    }

    void float64(double value) throws IOException {
        row.writeFloat64(value);
    }

    void nullable(@Nullable Long value) throws IOException {
        if (value == null) {
            row.writeNull();
        } else {
            row.writeNotNull();
            row.writeInt64(value);
        }
    }

    void nullableBool(@Nullable Boolean value) throws IOException {
        if (value == null) {
            row.writeNull();
        } else {
            row.writeNotNull();
            row.writeBool(value);
        }
    }

    void id(@Nullable Id id) throws IOException {
        row.writeFixedString(id == null ? NO_ID : id.bytes(), NO_ID.length);
    }

    void spanId(@Nullable SpanId id) throws IOException {
        row.writeFixedString(id == null ? NO_SPAN_ID : id.bytes(), NO_SPAN_ID.length);
    }

    void spanIds(List<SpanId> ids) throws IOException {
        array(ids, this::spanId);
    }

    /** Writes an array, element by element. */
    <T> void array(List<T> elements, ElementWriter<T> writer) throws IOException {
        RowBinaryFormatSerializer.writeSize(out, elements.size());
        for (T element : elements) {
            writer.write(element);
        }
    }

    /** Writes one element of an array. */
    interface ElementWriter<T> {
        void write(T element) throws IOException;
    }

    void text(@Nullable String text) throws IOException {
        row.writeString(text == null ? new byte[0] : text.getBytes(UTF_8));
    }

    /** Writes a DateTime64(3), a count of milliseconds. */
    void time(long epochMs) throws IOException {
        row.writeInt64(inRange(epochMs));
    }

    /** Writes a Date, a count of days. */
    void day(long epochMs) throws IOException {
        row.writeUInt16((int) (inRange(epochMs) / DAY_MS));
    }

    /** Writes the start of the hour as DateTime, a count of seconds. */
    void hour(long epochMs) throws IOException {
        long seconds = inRange(epochMs) / 1_000;
        row.writeUInt32(seconds - seconds % HOUR_S);
    }

    private static long inRange(long epochMs) {
        return Math.min(Math.max(epochMs, 0), LAST_TIME_MS);
    }
}
