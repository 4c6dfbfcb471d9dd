package io.replaylinker.serdes.sentry;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** What the real browser and Node SDKs sent in four visits of each generation, as Sentry's ingestion puts it on its topics. */
final class Capture {

    /** One message of the capture. */
    record Message(String topic, String json) {

        byte[] value() {
            return json.getBytes(UTF_8);
        }

        boolean isReplay() {
            return topic.equals("ingest-replay-events");
        }

        boolean isSpan() {
            return topic.equals("ingest-spans");
        }

        JsonNode tree() throws IOException {
            return new ObjectMapper().readTree(json);
        }

        @Override
        public String toString() {
            return topic + ", " + json.length() + " characters";
        }
    }

    private Capture() {}

    /** Of SDK 10, and of SDK 11 with an OpenTelemetry service behind. */
    static List<Message> all() {
        return Stream.of("/sdk-capture/capture.ndjson", "/sdk11-capture/capture.ndjson")
                .flatMap(resource -> read(resource).stream())
                .toList();
    }

    private static List<Message> read(String resource) {
        ObjectMapper mapper = new ObjectMapper();
        try (InputStream in = Objects.requireNonNull(Capture.class.getResourceAsStream(resource));
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, UTF_8))) {
            return lines.lines().map(line -> message(mapper, line)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Message message(ObjectMapper mapper, String line) {
        try {
            JsonNode dumped = mapper.readTree(line);
            return new Message(
                    dumped.get("topic").asText(), dumped.get("payload").asText());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Message> events() {
        return all().stream()
                .filter(message -> !message.isReplay() && !message.isSpan())
                .toList();
    }

    static List<Message> replays() {
        return all().stream().filter(Message::isReplay).toList();
    }

    static List<Message> spans() {
        return all().stream().filter(Message::isSpan).toList();
    }
}
