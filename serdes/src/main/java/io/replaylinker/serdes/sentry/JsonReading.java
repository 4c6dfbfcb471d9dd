package io.replaylinker.serdes.sentry;

import io.replaylinker.serdes.Decoded;
import io.replaylinker.serdes.RejectionReason;
import org.jspecify.annotations.Nullable;

/** Parses the JSON of a record and turns any failure into a rejection. */
final class JsonReading {

    /** Parses the one value of a document. */
    @FunctionalInterface
    interface Parser<T> {
        Decoded<T> read(JsonCursor cursor) throws JsonException;
    }

    private JsonReading() {}

    /** Parses a document. The parser consumes its one value. */
    static <T> Decoded<T> read(byte @Nullable [] json, Parser<T> parser) {
        return readPart(json, cursor -> {
            Decoded<T> decoded = parser.read(cursor);
            cursor.expectEnd();
            return decoded;
        });
    }

    /** Parses a document as far as the parser reads it. The rest is not checked. */
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
            // No known input leads here. An exception would stop the worker at this record permanently.
            return Decoded.rejection(RejectionReason.WRONG_SHAPE, "decoder failed", e);
        }
    }
}
