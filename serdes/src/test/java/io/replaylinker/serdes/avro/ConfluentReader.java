package io.replaylinker.serdes.avro;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.common.serialization.Deserializer;

/** Confluent's deserializer from within its own class loader, where Avro and Kafka are other ones than ours. */
public final class ConfluentReader implements UnaryOperator<byte[]> {

    private final Deserializer<?> deserializer;
    private final String topic;

    public ConfluentReader(Map<String, Object> settings, String topic) throws ReflectiveOperationException {
        this.topic = topic;
        deserializer = Class.forName(ConfluentOracle.DESERIALIZER, true, ConfluentReader.class.getClassLoader())
                .asSubclass(Deserializer.class)
                .getConstructor()
                .newInstance();
        deserializer.configure(settings, false);
    }

    @Override
    public byte[] apply(byte[] value) {
        GenericRecord record = (GenericRecord) deserializer.deserialize(topic, value);
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
            new GenericDatumWriter<GenericRecord>(record.getSchema()).write(record, encoder);
            encoder.flush();
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
