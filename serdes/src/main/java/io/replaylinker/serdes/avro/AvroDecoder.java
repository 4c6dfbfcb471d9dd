package io.replaylinker.serdes.avro;

import io.replaylinker.serdes.Decoded;
import io.replaylinker.serdes.GeneratedClasses;
import io.replaylinker.serdes.RecordDecoder;
import io.replaylinker.serdes.RegistryUnavailableException;
import io.replaylinker.serdes.RejectionReason;
import io.replaylinker.serdes.registry.IncompatibleSchemaException;
import io.replaylinker.serdes.registry.UnknownSchemaException;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Decodes a record in Avro into a value or a rejection. The settings name the value deserializer: this project's, Confluent's or another.
 * Its exceptions become rejections, with two exceptions: an unavailable registry and rejected credentials cause
 * {@link RegistryUnavailableException}, because no record may be discarded for either.
 */
public final class AvroDecoder<T extends SpecificRecord> implements RecordDecoder<T> {

    private final Deserializer<?> deserializer;
    private final Class<T> type;
    private final RecordConversion<T> conversion;
    private final boolean isOurs;

    /** A decoder for one class on top of a configured deserializer, which may return that class or any other Avro record. */
    public AvroDecoder(Deserializer<?> deserializer, Class<T> type) {
        this.deserializer = deserializer;
        this.type = type;
        // A foreign deserializer may instantiate the generated classes by itself.
        GeneratedClasses.trust(type);
        conversion = new RecordConversion<>(type);
        isOurs = deserializer instanceof AvroDeserializer;
    }

    @Override
    public Decoded<T> decode(String topic, Headers headers, byte @Nullable [] value) {
        if (value == null || value.length == 0) {
            return Decoded.control("empty");
        }
        try {
            return checked(deserializer.deserialize(topic, headers, value));
        } catch (RegistryUnavailableException e) {
            throw e;
        } catch (Exception | StackOverflowError e) {
            return rejection(e, headers, value);
        }
    }

    private Decoded<T> checked(@Nullable Object result) {
        if (result == null) {
            return Decoded.control("empty");
        }
        if (!(result instanceof IndexedRecord other)) {
            return Decoded.rejection(
                    RejectionReason.INCOMPATIBLE_SCHEMA,
                    "The deserializer gives " + result.getClass().getName() + ", which is no Avro record");
        }
        T record = type.isInstance(result) ? type.cast(result) : conversion.convert(other);
        if (!isOurs && !SpecificData.getForClass(type).validate(record.getSchema(), record)) {
            return Decoded.rejection(
                    RejectionReason.INCOMPATIBLE_SCHEMA, "The deserializer left a field empty that must have a value");
        }
        RejectionReason missing = RequiredValues.missing(record);
        return missing == null
                ? Decoded.value(record)
                : Decoded.rejection(missing, "In a well-formed " + type.getSimpleName());
    }

    private Decoded<T> rejection(Throwable failure, Headers headers, byte[] value) {
        RejectionReason reason = DecodeFailure.reason(failure);
        if (reason == RejectionReason.INCOMPATIBLE_SCHEMA && !hasWireForm(headers, value)) {
            // Other deserializers throw their own exceptions for it, or continue and read garbage.
            reason = RejectionReason.NOT_AVRO;
        }
        return Decoded.rejection(reason, detail(failure), failure);
    }

    private static boolean hasWireForm(Headers headers, byte[] value) {
        try {
            WireForm.of(headers, value, false);
            return true;
        } catch (NotAvroException e) {
            return false;
        }
    }

    /** Messages of this project contain no values of the record. Others may, so only the class of the exception is reported. */
    private static String detail(Throwable failure) {
        boolean ours = failure instanceof NotAvroException
                || failure instanceof UnknownSchemaException
                || failure instanceof IncompatibleSchemaException;
        return ours ? String.valueOf(failure.getMessage()) : "The deserializer failed";
    }
}
