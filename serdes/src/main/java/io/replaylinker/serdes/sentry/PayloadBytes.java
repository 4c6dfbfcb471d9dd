package io.replaylinker.serdes.sentry;

import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/** A replay payload in its older form: the JSON text as a list of byte values, four characters of the message for one of it. */
final class PayloadBytes {

    private PayloadBytes() {}

    /** The payload behind the list; null if an element is no byte, or the bytes are no JSON object. */
    static @Nullable ReplayPayload read(JsonCursor cursor) throws JsonException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
        boolean allBytes = cursor.enterArray();
        while (cursor.nextElement()) {
            int value = cursor.unsignedByte();
            allBytes &= value >= 0;
            bytes.write(value);
        }
        return allBytes ? readJson(bytes.toByteArray()) : null;
    }

    private static @Nullable ReplayPayload readJson(byte[] json) {
        try {
            JsonCursor cursor = new JsonCursor(json);
            ReplayPayload payload = ReplayPayload.read(cursor);
            cursor.expectEnd();
            return payload;
        } catch (JsonException e) {
            return null;
        }
    }
}
