package io.replaylinker.serdes.sentry;

import io.replaylinker.serdes.Decoded;
import io.replaylinker.serdes.RejectionReason;
import org.jspecify.annotations.Nullable;

/** Opens the JSON of a record and turns whatever goes wrong with it into a rejection. */
final class JsonReading {

    /** Reads the one value of a document. */
    @FunctionalInterface
    interface Parser<T> {
        Decoded<T> read(JsonCursor cursor) throws JsonException;
    }

    private JsonReading() {}

    /** Reads a document whose one value the shape consumes. */
    static <T> Decoded<T> read(byte @Nullable [] json, Parser<T> parser) {
        return readPart(json, cursor -> {
            Decoded<T> decoded = parser.read(cursor);
            cursor.expectEnd();
            return decoded;
        });
    }

    /** Reads a document as far as the shape does: the rest may be anything. */
    static <T> Decoded<T> readPart(byte @Nullable [] json, Parser<T> parser) {
        if (json == null) {
            return Decoded.control("empty");
        }
        try {
            return parser.read(new JsonCursor(json));
        } catch (JsonException e) {
            return Decoded.rejection(
                    e.isTooDeep() ? RejectionReason.BEYOND_LIMITS : RejectionReason.NOT_JSON, e.position());
        } catch (RuntimeException e) {
            // No input is known that leads here. An exception would stop the worker at this record for good.
            return Decoded.rejection(RejectionReason.WRONG_SHAPE, "decoder failed", e);
        }
    }
}
