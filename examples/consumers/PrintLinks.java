import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteBufferDeserializer;

/**
 * Prints a line for each link on the topic replay-links, and one for each link that is retracted.
 *
 * <pre>java -cp 'LIBRARIES/*' PrintLinks.java BROKER REGISTRY [TOPIC [--exit]]</pre>
 *
 * Needs kafka-clients, avro, and kafka-avro-serializer of Confluent with what it depends on.
 */
public final class PrintLinks {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** An issue-platform event (occurrence) may have the id of a transaction. The key of the record is the id of the replay. */
    private record LinkKey(ByteBuffer replay, Object project, Object event, Object occurrence) {}

    private record Known(long version, boolean holds) {}

    /** A program that writes links down keeps the version in its rows instead. */
    private final Map<LinkKey, Known> known = new HashMap<>();

    public static void main(String[] arguments) {
        Properties settings = new Properties();
        settings.put("bootstrap.servers", arguments[0]);
        settings.put("schema.registry.url", arguments[1]);
        settings.put("key.deserializer", ByteBufferDeserializer.class.getName());
        settings.put("value.deserializer", "io.confluent.kafka.serializers.KafkaAvroDeserializer");
        // Times have the logical type timestamp-millis. With this they come as Instant, and without it as long.
        settings.put("avro.use.logical.type.converters", true);
        String topic = arguments.length > 2 ? arguments[2] : "replay-links";
        boolean exit = arguments.length > 3 && arguments[3].equals("--exit");

        PrintLinks links = new PrintLinks();
        try (KafkaConsumer<ByteBuffer, GenericRecord> consumer = new KafkaConsumer<>(settings)) {
            // Without a group: what is known is in memory, so every start reads the topic from its beginning.
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (!exit || partitions.stream().anyMatch(one -> consumer.position(one) < ends.get(one))) {
                consumer.poll(Duration.ofSeconds(1)).forEach(links::accept);
            }
        }
    }

    private void accept(ConsumerRecord<ByteBuffer, GenericRecord> record) {
        GenericRecord link = record.value();
        GenericRecord event = (GenericRecord) link.get("event");
        LinkKey key = new LinkKey(
                record.key(), event.get("project_id"), event.get("event_id"), event.get("occurrence"));
        Known before = known.getOrDefault(key, new Known(-1, false));
        long version = (Long) link.get("version");
        if (version <= before.version()) {
            return; // a copy, or older than what is known
        }
        boolean deleted = (Boolean) link.get("deleted");
        known.put(key, new Known(version, !deleted));
        if (!deleted) {
            System.out.println(line(before.holds() ? "revised" : "linked", link, event, record));
        } else if (before.holds()) { // a retraction may come for a link that never was
            System.out.println(line("retracted", link, event, record));
        }
    }

    private static String line(
            String verb, GenericRecord link, GenericRecord event, ConsumerRecord<ByteBuffer, GenericRecord> record) {
        Instant at = (Instant) event.get("timestamp_ms");
        Duration offset = Duration.between((Instant) link.get("replay_started_ms"), at);
        // Ids are 16 bytes; the headers have them as text.
        return String.format(
                Locale.ROOT,
                "%-9s %s %s of project %s at %s UTC is %+.3f s into replay %s, by %s",
                verb,
                event.get("type"),
                header(record, "event_id"),
                event.get("project_id"),
                TIME.format(at),
                offset.toMillis() / 1000.0,
                header(record, "replay_id"),
                header(record, "method"));
    }

    private static String header(ConsumerRecord<?, ?> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
