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
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Bare Avro binary of one schema, for bytes that never leave the program: what a run keeps of its outputs, and on the topics between
 * the steps all but claims, behind a version byte that names the schema. Reuses its buffers, so it belongs to one thread. It trusts what
 * it reads to be its own: bytes from strangers go through the serdes with a registry.
 */
public final class AvroBinary<T extends SpecificRecord> {

    /** Sightings and links have 60 to 400 bytes; what is longer is flushed in between. */
    private static final EncoderFactory ENCODERS = new EncoderFactory().configureBufferSize(1024);

    private final SpecificDatumWriter<T> writer;
    private final SpecificDatumReader<T> reader;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
    private BinaryEncoder encoder = ENCODERS.binaryEncoder(out, null);
    private @Nullable BinaryDecoder decoder;

    public AvroBinary(Schema schema) {
        GeneratedClasses.trust(Claim.class);
        SpecificData model = generatedCoders();
        this.writer = new SpecificDatumWriter<>(schema, model);
        this.reader = new SpecificDatumReader<>(schema, schema, model);
    }

    /** Code of the generated classes, where Avro's default goes through reflection: docs/performance.md has the figures. */
    private static SpecificData generatedCoders() {
        SpecificData model = new SpecificData(Claim.class.getClassLoader());
        model.setCustomCoders(true);
        model.setFastReaderEnabled(false);
        return model;
    }

    /** The record as bytes, after the given ones. */
    public byte[] write(byte[] head, T value) {
        try {
            out.reset();
            out.write(head);
            writer.write(value, encoder);
            encoder.flush();
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            // The first half of this record still lies in the encoder's buffer.
            encoder = ENCODERS.binaryEncoder(out, null);
            throw e;
        }
    }

    /** The record that starts at this place and ends with the array. */
    public T read(byte[] bytes, int from) {
        return read(bytes, from, bytes.length - from);
    }

    /** The record of so many bytes from this place on. */
    public T read(byte[] bytes, int from, int length) {
        try {
            decoder = DecoderFactory.get().binaryDecoder(bytes, from, length, decoder);
            return reader.read(null, decoder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
