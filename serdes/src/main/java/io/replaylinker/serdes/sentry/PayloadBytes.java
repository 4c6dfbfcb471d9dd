package io.replaylinker.serdes.sentry;

import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/** A replay payload in its older form: the JSON text as a list of byte values, with up to four characters per byte. */
final class PayloadBytes {

    private PayloadBytes() {}

    /** Decodes the payload. Null if an element is not a byte, or the bytes are not a JSON object. */
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
