package io.replaylinker.serdes;

import io.replaylinker.schemas.Claim;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Bare Avro binary of one schema, for bytes that never leave the program: rows and repartition topics, whose own version byte names
 * the schema. Reuses its buffers, so it belongs to one thread.
 */
public final class AvroBinary<T extends SpecificRecord> {

    private final SpecificDatumWriter<T> writer;
    private final SpecificDatumReader<T> reader;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream(512);
    private final BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
    private @Nullable BinaryDecoder decoder;

    public AvroBinary(Schema schema) {
        GeneratedClasses.trust(Claim.class);
        this.writer = new SpecificDatumWriter<>(schema);
        this.reader = new SpecificDatumReader<>(schema);
    }

    /** The record as bytes, after the given ones. */
    public byte[] write(byte[] head, T value) {
        try {
            out.reset();
            out.write(head);
            writer.write(value, encoder);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The record that starts at this place and ends with the array. */
    public T read(byte[] bytes, int from) {
        try {
            decoder = DecoderFactory.get().binaryDecoder(bytes, from, bytes.length - from, decoder);
            return reader.read(null, decoder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
