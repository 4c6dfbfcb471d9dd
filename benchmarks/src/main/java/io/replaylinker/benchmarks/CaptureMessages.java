package io.replaylinker.benchmarks;

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
import java.util.function.Predicate;

/** The values of real SDK traffic, by topic: of SDKs that send transactions, and of SDK 11, which streams spans. */
public final class CaptureMessages {

    private CaptureMessages() {}

    /** The values on the topics that are wanted, in the order in which they were sent. */
    public static List<byte[]> values(Predicate<String> topics) {
        return read("/sdk-capture/capture.ndjson", topics);
    }

    /** The same of SDK 11. */
    public static List<byte[]> ofSdk11(Predicate<String> topics) {
        return read("/sdk11-capture/capture.ndjson", topics);
    }

    private static List<byte[]> read(String resource, Predicate<String> topics) {
        ObjectMapper mapper = new ObjectMapper();
        try (InputStream in = Objects.requireNonNull(CaptureMessages.class.getResourceAsStream(resource));
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, UTF_8))) {
            return lines.lines()
                    .map(line -> parse(mapper, line))
                    .filter(dumped -> topics.test(dumped.get("topic").asText()))
                    .map(dumped -> dumped.get("payload").asText().getBytes(UTF_8))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode parse(ObjectMapper mapper, String line) {
        try {
            return mapper.readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
