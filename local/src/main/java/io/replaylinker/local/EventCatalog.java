package io.replaylinker.local;

import io.replaylinker.schemas.BackendEvent;
import io.replaylinker.schemas.Id;
import io.replaylinker.serdes.Decoded;
import io.replaylinker.serdes.Ids;
import io.replaylinker.serdes.sentry.SentryEventDecoder;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The events of a dump by id: what share of them got a link, nobody knows who has only the links. */
final class EventCatalog {

    /** What browsers and apps send; everything else comes from a backend. */
    private static final Set<String> FRONTENDS = Set.of("javascript", "cocoa", "java-android", "dart");

    private final SentryEventDecoder decoder = new SentryEventDecoder();
    private final Map<String, Known> events = new HashMap<>();

    /**
     * An event of the dump.
     *
     * @param backendError an error or message, and not from a frontend
     */
    record Known(String platform, String name, boolean backendError) {}

    /** Takes the record down if it is an event. */
    void note(ProducerRecord<byte[], byte[]> record) {
        Decoded<BackendEvent> decoded = decoder.decode(record.topic(), record.headers(), record.value());
        if (decoded instanceof Decoded.Value<BackendEvent> event) {
            Id id = Ids.parse(event.value().getEventId());
            if (id != null) {
                events.put(Ids.hex(id), known(event.value()));
            }
        }
    }

    private static Known known(BackendEvent event) {
        String platform = event.getPlatform() == null ? "" : event.getPlatform();
        String name = event.getTransaction() == null ? "" : event.getTransaction();
        boolean error = !event.getType().equals("transaction");
        return new Known(platform, name, error && !FRONTENDS.contains(platform));
    }

    Optional<Known> find(String eventId) {
        return Optional.ofNullable(events.get(eventId));
    }

    boolean isBackendError(String eventId) {
        return find(eventId).map(Known::backendError).orElse(false);
    }

    long backendErrors() {
        return events.values().stream().filter(Known::backendError).count();
    }
}
