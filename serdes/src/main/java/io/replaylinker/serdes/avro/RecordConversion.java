package io.replaylinker.serdes.avro;

import io.replaylinker.serdes.LruCache;
import io.replaylinker.serdes.registry.IncompatibleSchemaException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;

/**
 * Converts another Avro record into a generated class, for example the generic record that Confluent's deserializer returns by default. The
 * record is written in its own schema and read in the generated one, so Avro's schema resolution alone decides what fits.
 */
final class RecordConversion<T extends SpecificRecord> {

    private static final int SCHEMAS = 100;

    private final Class<T> type;
    private final LruCache<Schema, DatumDecoder<T>> decoders = new LruCache<>(SCHEMAS);

    RecordConversion(Class<T> type) {
        this.type = type;
    }

    /**
     * Converts a record.
     *
     * @throws IncompatibleSchemaException if its schema cannot be resolved to the reader's
     */
    T convert(IndexedRecord record) {
        Schema schema = record.getSchema();
        DatumDecoder<T> decoder = decoders.get(schema);
        if (decoder == null) {
            decoder = DatumDecoder.into(type, schema);
            decoders.put(schema, decoder);
        }
        DatumWriter<IndexedRecord> writer = record instanceof SpecificRecord
                ? new SpecificDatumWriter<>(schema, SpecificData.getForClass(record.getClass()))
                : new GenericDatumWriter<>(schema);
        return decoder.decode(DatumEncoder.binary(writer, record), 0);
    }
}
