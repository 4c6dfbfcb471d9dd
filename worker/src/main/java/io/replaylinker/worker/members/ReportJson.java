package io.replaylinker.worker.members;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.replaylinker.runtime.json.JsonFields;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A {@link MemberReport} as JSON. It is read from other releases too: unknown fields are skipped, and missing ones left empty. */
public final class ReportJson {

    private static final JsonFactory JSON = new JsonFactory();

    private ReportJson() {}

    /** Writes its fields into an object. */
    public static void write(MemberReport report, JsonFields json) {
        json.text("version", report.version());
        json.texts("roles", report.roles());
        json.text("state", report.state());
        json.number("restoring_records", report.restoring());
        json.time("started_at", report.startedAt());
        json.number("uptime_ms", report.uptimeMs());
        json.number("lag", report.lag());
        write(report.assigned(), json);
    }

    static void write(List<Assigned> assigned, JsonFields json) {
        json.array("assigned", assigned, one -> {
            json.text("reader", one.reader());
            json.text("topic", one.topic());
            json.numbers(
                    "partitions",
                    one.partitions().stream().mapToLong(Integer::longValue).toArray());
            json.number("lag", one.lag());
        });
    }

    /**
     * Reads what another worker sent.
     *
     * @throws IOException if it is no report
     */
    static MemberReport read(byte[] body) throws IOException {
        Fields fields = new Fields();
        try (JsonParser in = JSON.createParser(body)) {
            if (in.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("the answer is no JSON object");
            }
            while (in.nextToken() == JsonToken.FIELD_NAME) {
                String name = in.currentName();
                in.nextToken();
                fields.take(name, in);
            }
        }
        return fields.report();
    }

    private static final class Fields {

        private @Nullable String version;
        private List<String> roles = List.of();
        private @Nullable String state;
        private long restoring;
        private @Nullable Instant startedAt;
        private long uptimeMs;
        private List<Assigned> assigned = List.of();

        void take(String name, JsonParser in) throws IOException {
            switch (name) {
                case "version" -> version = text(in);
                case "roles" -> roles = texts(in);
                case "state" -> state = text(in);
                case "restoring_records" -> restoring = number(in);
                case "started_at" -> startedAt = time(in);
                case "uptime_ms" -> uptimeMs = number(in);
                case "assigned" -> assigned = assigned(in);
                default -> in.skipChildren();
            }
        }

        MemberReport report() throws IOException {
            if (state == null) {
                throw new IOException("the answer has no state");
            }
            return new MemberReport(version, roles, state, restoring, assigned, startedAt, uptimeMs);
        }
    }

    private static List<Assigned> assigned(JsonParser in) throws IOException {
        List<Assigned> all = new ArrayList<>();
        for (JsonToken next = firstOf(in); next != JsonToken.END_ARRAY; next = in.nextToken()) {
            expect(in, JsonToken.START_OBJECT);
            all.add(one(in));
        }
        return all;
    }

    private static Assigned one(JsonParser in) throws IOException {
        String reader = "";
        String topic = "";
        List<Integer> partitions = new ArrayList<>();
        Long lag = null;
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String name = in.currentName();
            in.nextToken();
            switch (name) {
                case "reader" -> reader = String.valueOf(text(in));
                case "topic" -> topic = String.valueOf(text(in));
                case "lag" -> lag = in.currentToken() == JsonToken.VALUE_NULL ? null : Long.valueOf(number(in));
                case "partitions" -> {
                    for (JsonToken next = firstOf(in); next != JsonToken.END_ARRAY; next = in.nextToken()) {
                        partitions.add((int) number(in));
                    }
                }
                default -> in.skipChildren();
            }
        }
        return new Assigned(reader, topic, partitions, lag);
    }

    private static List<String> texts(JsonParser in) throws IOException {
        List<String> all = new ArrayList<>();
        for (JsonToken next = firstOf(in); next != JsonToken.END_ARRAY; next = in.nextToken()) {
            expect(in, JsonToken.VALUE_STRING);
            all.add(in.getText());
        }
        return all;
    }

    private static JsonToken firstOf(JsonParser in) throws IOException {
        expect(in, JsonToken.START_ARRAY);
        return in.nextToken();
    }

    private static @Nullable String text(JsonParser in) throws IOException {
        if (in.currentToken() == JsonToken.VALUE_NULL) {
            return null;
        }
        expect(in, JsonToken.VALUE_STRING);
        return in.getText();
    }

    private static long number(JsonParser in) throws IOException {
        expect(in, JsonToken.VALUE_NUMBER_INT);
        return in.getLongValue();
    }

    private static @Nullable Instant time(JsonParser in) throws IOException {
        String text = text(in);
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeException e) {
            throw new IOException("the answer has a time that cannot be read", e);
        }
    }

    private static void expect(JsonParser in, JsonToken token) throws IOException {
        if (in.currentToken() != token) {
            throw new IOException("the answer has a field of another type than expected: " + in.currentName());
        }
    }
}
