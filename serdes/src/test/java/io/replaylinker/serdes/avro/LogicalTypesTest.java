package io.replaylinker.serdes.avro;

import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.schemas.Link;
import io.replaylinker.serdes.AvroBinary;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import org.apache.avro.Schema;
import org.apache.avro.data.TimeConversions;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;

/** A logical type changes how a value is shown and no byte of it. */
class LogicalTypesTest {

    private static final String TIME = "{\"type\":\"long\",\"logicalType\":\"timestamp-millis\"}";

    private final Schema today = Link.getClassSchema();
    private final Schema before = new Schema.Parser().parse(today.toString().replace(TIME, "\"long\""));
    private final Link link = Samples.link();
    private final byte[] bytes = new AvroBinary<Link>(today).write(new byte[0], link);

    @Test
    void shouldBeReadByAReaderOfTheSchemaFromBefore() throws IOException {
        // When
        GenericRecord read = read(new GenericDatumReader<>(today, before));

        // Then
        assertThat(before.toString()).doesNotContain("logicalType");
        assertThat(read.get("replay_started_ms")).isEqualTo(link.getReplayStartedMs());
        assertThat(write(read, before, new GenericData())).isEqualTo(bytes);
    }

    @Test
    void shouldReadWhatWasWrittenWithTheSchemaFromBefore() throws IOException {
        // Given
        byte[] old = write(read(new GenericDatumReader<>(today, before)), before, new GenericData());

        // When
        Link read = DatumDecoder.into(Link.class, before).decode(old, 0);

        // Then
        assertThat(read).isEqualTo(link);
    }

    @Test
    void shouldGiveTimesToReadersThatConvertThem() throws IOException {
        // Given
        GenericData model = new GenericData();
        model.addLogicalTypeConversion(new TimeConversions.TimestampMillisConversion());

        // When
        GenericRecord read = read(new GenericDatumReader<>(today, today, model));

        // Then
        assertThat(read.get("replay_started_ms")).isEqualTo(Instant.ofEpochMilli(link.getReplayStartedMs()));
        assertThat(((GenericRecord) read.get("event")).get("timestamp_ms"))
                .isEqualTo(Instant.ofEpochMilli(link.getEvent().getTimestampMs()));
        assertThat(write(read, today, model)).isEqualTo(bytes);
    }

    private GenericRecord read(GenericDatumReader<GenericRecord> reader) throws IOException {
        return reader.read(null, DecoderFactory.get().binaryDecoder(bytes, null));
    }

    private static byte[] write(GenericRecord read, Schema schema, GenericData model) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
        new GenericDatumWriter<GenericRecord>(schema, model).write(read, encoder);
        encoder.flush();
        return out.toByteArray();
    }
}
