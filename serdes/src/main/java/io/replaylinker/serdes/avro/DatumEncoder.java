package io.replaylinker.serdes.avro;

import io.replaylinker.serdes.registry.IncompatibleSchemaException;
import io.replaylinker.serdes.registry.RegisteredSchema;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/**
 * Encodes records of one schema under one schema id. If the id belongs to another version of the schema ({@code use.latest.version}), a
 * record is first resolved to that version by Avro's rules, so that the bytes conform to the schema of the id.
 */
final class DatumEncoder {

    // The default of 2 KB is cleared for every record, though most records are far smaller.
    private static final EncoderFactory ENCODERS = new EncoderFactory().configureBufferSize(512);

    private final RegisteredSchema written;
    private final DatumWriter<IndexedRecord> writer;
    private final @Nullable DatumDecoder<IndexedRecord> toWritten;
    private final DatumWriter<IndexedRecord> writtenWriter;

    private DatumEncoder(
            RegisteredSchema written,
            DatumWriter<IndexedRecord> writer,
            @Nullable DatumDecoder<IndexedRecord> toWritten) {
        this.written = written;
        this.writer = writer;
        this.toWritten = toWritten;
        writtenWriter = new GenericDatumWriter<>(written.schema());
    }

    /**
     * Creates an encoder for records like this one.
     *
     * @throws IncompatibleSchemaException if the schema to write cannot read records of this schema, and the settings require it
     */
    static DatumEncoder of(IndexedRecord example, RegisteredSchema written, boolean strict) {
        Schema own = example.getSchema();
        DatumWriter<IndexedRecord> writer = example instanceof SpecificRecord
                ? new SpecificDatumWriter<>(own, generatedCoders(example.getClass()))
                : new GenericDatumWriter<>(own);
        if (own.equals(written.schema())) {
            return new DatumEncoder(written, writer, null);
        }
        if (strict) {
            checkCompatible(own, written);
        }
        return new DatumEncoder(written, writer, DatumDecoder.generic(own, written.schema()));
    }

    /**
     * Encodes with the generated classes' own coders, which takes a quarter of the time. Decoding does not use them: generated code trusts
     * the length of an array before it has read its elements, and the input may come from outside.
     */
    private static SpecificData generatedCoders(Class<?> type) {
        SpecificData model = new SpecificData(type.getClassLoader());
        SpecificData.getForClass(type).getConversions().forEach(model::addLogicalTypeConversion);
        model.setCustomCoders(true);
        return model;
    }

    private static void checkCompatible(Schema own, RegisteredSchema written) {
        var compatibility = SchemaCompatibility.checkReaderWriterCompatibility(written.schema(), own);
        if (compatibility.getType() != SchemaCompatibilityType.COMPATIBLE) {
            throw new IncompatibleSchemaException("The subject's newest schema, " + written.id() + ", cannot read our "
                    + own.getFullName() + ": " + compatibility.getResult().getIncompatibilities());
        }
    }

    /** Encodes a record with its prefix. */
    byte[] encode(IndexedRecord record) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(256);
        out.writeBytes(ByteBuffer.allocate(WireForm.PREFIX_BYTES)
                .put(WireForm.MAGIC_ID)
                .putInt(written.id())
                .array());
        if (toWritten == null) {
            write(writer, record, out);
        } else {
            ByteArrayOutputStream own = new ByteArrayOutputStream(256);
            write(writer, record, own);
            write(writtenWriter, toWritten.decode(own.toByteArray(), 0), out);
        }
        return out.toByteArray();
    }

    /** Encodes a record without a prefix. */
    static byte[] binary(DatumWriter<IndexedRecord> writer, IndexedRecord record) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(256);
        write(writer, record, out);
        return out.toByteArray();
    }

    private static void write(DatumWriter<IndexedRecord> writer, IndexedRecord record, ByteArrayOutputStream out) {
        try {
            BinaryEncoder encoder = ENCODERS.binaryEncoder(out, null);
            writer.write(record, encoder);
            encoder.flush();
        } catch (IOException | RuntimeException e) {
            // Avro's message names the field. The record itself is left out.
            throw new SerializationException(
                    "A " + record.getSchema().getFullName() + " does not keep to its schema", explained(record, e));
        }
    }

    /** Generated code does not report the field at which it failed. Avro's generic encoding does. */
    private static Exception explained(IndexedRecord record, Exception failure) {
        if (!(record instanceof SpecificRecord)) {
            return failure;
        }
        try {
            new SpecificDatumWriter<>(record.getSchema(), SpecificData.getForClass(record.getClass()))
                    .write(record, ENCODERS.binaryEncoder(OutputStream.nullOutputStream(), null));
            return failure;
        } catch (IOException | RuntimeException named) {
            return named;
        }
    }
}
