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
 * Plain Avro binary of one schema, for bytes that never leave the program: the stored outputs of a run, and the topics between the steps
 * except claims, behind a version byte that identifies the schema. It reuses its buffers, so it is not thread-safe. It trusts the bytes
 * that it reads. Bytes from outside go through the serdes with a registry.
 */
public final class AvroBinary<T extends SpecificRecord> {

    /** Observations and links have 60 to 400 bytes. Longer records are flushed in between. */
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

    /** Uses the coders of the generated classes, where Avro's default goes through reflection: docs/performance.md has the figures. */
    private static SpecificData generatedCoders() {
        SpecificData model = new SpecificData(Claim.class.getClassLoader());
        model.setCustomCoders(true);
        model.setFastReaderEnabled(false);
        return model;
    }

    /** Encodes the record and puts the given bytes in front. */
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
            // The first half of this record is still in the encoder's buffer.
            encoder = ENCODERS.binaryEncoder(out, null);
            throw e;
        }
    }

    /** Decodes the record from this index to the end of the array. */
    public T read(byte[] bytes, int from) {
        return read(bytes, from, bytes.length - from);
    }

    /** Decodes the record of the given length from this index. */
    public T read(byte[] bytes, int from, int length) {
        try {
            decoder = DecoderFactory.get().binaryDecoder(bytes, from, length, decoder);
            return reader.read(null, decoder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
