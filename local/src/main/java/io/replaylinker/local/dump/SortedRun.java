package io.replaylinker.local.dump;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/** Records in the order of their timestamps, in a temporary file that only this run of the program reads. */
record SortedRun(Path file, int records) {

    private static final int BUFFER_BYTES = 1 << 16;
    private static final int NULL = -1;

    /** Reads records one at a time. */
    interface Cursor extends AutoCloseable {

        /** The next record; null at the end. */
        @Nullable ProducerRecord<byte[], byte[]> next() throws IOException;

        @Override
        default void close() throws IOException {}

        /** Of records on the heap. */
        static Cursor of(List<ProducerRecord<byte[], byte[]>> sorted) {
            Iterator<ProducerRecord<byte[], byte[]>> all = sorted.iterator();
            return () -> all.hasNext() ? all.next() : null;
        }
    }

    static SortedRun write(Path file, List<ProducerRecord<byte[], byte[]>> sorted) throws IOException {
        try (DataOutputStream out =
                new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), BUFFER_BYTES))) {
            for (ProducerRecord<byte[], byte[]> record : sorted) {
                write(record, out);
            }
        }
        return new SortedRun(file, sorted.size());
    }

    Cursor open() throws IOException {
        return new FileCursor(
                new DataInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES)), records);
    }

    private static void write(ProducerRecord<byte[], byte[]> record, DataOutputStream out) throws IOException {
        write(record.topic().getBytes(StandardCharsets.UTF_8), out);
        out.writeLong(record.timestamp());
        write(record.key(), out);
        write(record.value(), out);
        Header[] headers = record.headers().toArray();
        out.writeInt(headers.length);
        for (Header header : headers) {
            write(header.key().getBytes(StandardCharsets.UTF_8), out);
            write(header.value(), out);
        }
    }

    private static void write(byte @Nullable [] bytes, DataOutputStream out) throws IOException {
        out.writeInt(bytes == null ? NULL : bytes.length);
        if (bytes != null) {
            out.write(bytes);
        }
    }

    private static final class FileCursor implements Cursor {

        private final DataInputStream in;
        private int left;

        FileCursor(DataInputStream in, int records) {
            this.in = in;
            this.left = records;
        }

        @Override
        public @Nullable ProducerRecord<byte[], byte[]> next() throws IOException {
            if (left == 0) {
                return null;
            }
            left--;
            String topic = text();
            long timestampMs = in.readLong();
            byte[] key = bytes();
            byte[] value = bytes();
            List<Header> headers = new ArrayList<>();
            for (int count = in.readInt(); count > 0; count--) {
                headers.add(new RecordHeader(text(), bytes()));
            }
            return new ProducerRecord<>(topic, null, timestampMs, key, value, headers);
        }

        private String text() throws IOException {
            byte[] bytes = bytes();
            return bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
        }

        private byte @Nullable [] bytes() throws IOException {
            int length = in.readInt();
            if (length == NULL) {
                return null;
            }
            byte[] bytes = new byte[length];
            in.readFully(bytes);
            return bytes;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
