package io.replaylinker.serdes.avro;

import io.replaylinker.serdes.GeneratedClasses;
import io.replaylinker.serdes.registry.IncompatibleSchemaException;
import java.io.EOFException;
import java.io.IOException;
import org.apache.avro.AvroTypeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the Avro binary of one writer schema into one class, by Avro's rules of schema resolution. Avro checks every length and count
 * against the remaining bytes, so hostile bytes cannot make it allocate. Its exceptions of many types become one. Thread-safe.
 */
final class DatumDecoder<T extends IndexedRecord> {

    private static final int MAX_MESSAGE = 300;

    private final Schema writer;
    private final DatumReader<T> reader;

    private DatumDecoder(Schema writer, DatumReader<T> reader) {
        this.writer = writer;
        this.reader = reader;
    }

    /** A decoder for a generated class. */
    static <T extends SpecificRecord> DatumDecoder<T> into(Class<T> type, Schema writer) {
        GeneratedClasses.trust(type);
        SpecificData model = SpecificData.getForClass(type);
        return new DatumDecoder<>(writer, new SpecificDatumReader<>(writer, model.getSchema(type), model));
    }

    /** A decoder for Avro's generic records of the reader's schema. */
    static <T extends IndexedRecord> DatumDecoder<T> generic(Schema writer, Schema reader) {
        return new DatumDecoder<>(writer, new GenericDatumReader<>(writer, reader, GenericData.get()));
    }

    /**
     * Decodes one value, which must take up all the bytes.
     *
     * @throws IncompatibleSchemaException if the schema does not fit, or the bytes do not conform to it
     */
    T decode(byte[] data, int offset) {
        try {
            BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(data, offset, data.length - offset, null);
            @SuppressWarnings("NullAway") // Avro takes a value to reuse, or null.
            T value = reader.read(null, decoder);
            if (!decoder.isEnd()) {
                throw new IncompatibleSchemaException("Bytes are left over behind a " + writer.getFullName());
            }
            return value;
        } catch (IncompatibleSchemaException e) {
            throw e;
        } catch (IOException | RuntimeException | StackOverflowError e) {
            throw new IncompatibleSchemaException(describe(e), e);
        }
    }

    private String describe(Throwable failure) {
        if (failure instanceof AvroTypeException) {
            // Avro's message names types and fields of the two schemas and no values. This is what is needed to fix
            // them.
            return "A " + writer.getFullName() + " cannot be read as ours: " + shorten(failure.getMessage());
        }
        String what = failure instanceof EOFException
                ? "end too early"
                : "are malformed (" + failure.getClass().getSimpleName() + ")";
        return "The bytes of a " + writer.getFullName() + " " + what;
    }

    private static String shorten(@Nullable String message) {
        String line = String.valueOf(message).replaceAll("\\s+", " ");
        return line.length() > MAX_MESSAGE ? line.substring(0, MAX_MESSAGE) + "..." : line;
    }
}
