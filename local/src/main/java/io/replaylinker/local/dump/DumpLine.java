package io.replaylinker.local.dump;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/**
 * One line of a dump. kcat writes the bytes of keys and payloads into JSON strings as they are, valid UTF-8 or not (Avro is
 * not). A line that is UTF-8 is read as such; any other is read byte by character, which gives every byte back. Lost are only
 * lone surrogates in {@code \\u} escapes, which kcat never writes.
 */
final class DumpLine {

    /** A record may be 50 MB at self-hosted Sentry, and an escape takes six characters for one. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private final Charset charset;
    private @Nullable String topic;
    private @Nullable Long timestampMs;
    private byte @Nullable [] key;
    private byte @Nullable [] value;
    private List<Header> headers = List.of();

    private DumpLine(Charset charset) {
        this.charset = charset;
    }

    /**
     * Reads one line.
     *
     * @throws com.fasterxml.jackson.core.JacksonException if it is not JSON
     * @throws NoRecordException if it is JSON and no record
     */
    static ProducerRecord<byte[], byte[]> parse(byte[] line) throws IOException {
        DumpLine fields = new DumpLine(charsetOf(line));
        try (JsonParser json = JSON.createParser(new String(line, fields.charset))) {
            fields.readObject(json);
            if (json.nextToken() != null) {
                throw new NoRecordException("something stands behind the record");
            }
        }
        if (fields.topic == null) {
            throw new NoRecordException("a record without a topic");
        }
        return new ProducerRecord<>(fields.topic, null, fields.timestampMs, fields.key, fields.value, fields.headers);
    }

    private static Charset charsetOf(byte[] line) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line));
            return StandardCharsets.UTF_8;
        } catch (CharacterCodingException e) {
            return StandardCharsets.ISO_8859_1;
        }
    }

    private void readObject(JsonParser json) throws IOException {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            throw new NoRecordException("not a JSON object");
        }
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            json.nextToken();
            switch (name) {
                case "topic" -> topic = text(json, name);
                case "ts" -> timestampMs = timestamp(json);
                case "key" -> key = bytes(text(json, name));
                case "payload" -> value = bytes(text(json, name));
                case "headers" -> headers = headers(json);
                default -> json.skipChildren();
            }
        }
    }

    private static @Nullable String text(JsonParser json, String name) throws IOException {
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            return null;
        }
        if (json.currentToken() != JsonToken.VALUE_STRING) {
            throw new NoRecordException(name + " is not text; dump it without kcat's -s");
        }
        return json.getText();
    }

    /** kcat writes -1 for a record without a timestamp. */
    private static @Nullable Long timestamp(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.VALUE_NUMBER_INT) {
            if (json.currentToken() != JsonToken.VALUE_NULL) {
                throw new NoRecordException("ts is not a whole number");
            }
            return null;
        }
        long millis = json.getLongValue();
        return millis < 0 ? null : millis;
    }

    /** Names and values by turns, in one list. */
    private List<Header> headers(JsonParser json) throws IOException {
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            return List.of();
        }
        if (json.currentToken() != JsonToken.START_ARRAY) {
            throw new NoRecordException("headers is not a list");
        }
        List<Header> result = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            String name = text(json, "a header's name");
            if (name == null || json.nextToken() == JsonToken.END_ARRAY) {
                throw new NoRecordException("headers is not a list of names and values by turns");
            }
            result.add(new RecordHeader(name, bytes(text(json, "a header's value"))));
        }
        return result;
    }

    private byte @Nullable [] bytes(@Nullable String text) {
        return text == null ? null : text.getBytes(charset);
    }

    /** The line is JSON, but not a record; the message names what it is instead. */
    static final class NoRecordException extends IOException {

        private static final long serialVersionUID = 1L;

        NoRecordException(String message) {
            super(message);
        }

        @Override
        public String getMessage() {
            return String.valueOf(super.getMessage());
        }
    }
}
