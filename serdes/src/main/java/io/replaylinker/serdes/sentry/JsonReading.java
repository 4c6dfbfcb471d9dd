package io.replaylinker.serdes.sentry;

import io.replaylinker.serdes.Decoded;
import io.replaylinker.serdes.RejectionReason;
import org.jspecify.annotations.Nullable;

/** Opens the JSON of a record and turns whatever goes wrong with it into a rejection. */
final class JsonReading {

    /** Reads the one value of a document and consumes all of it. */
    @FunctionalInterface
    interface Shape<T> {
        Decoded<T> read(JsonCursor cursor) throws JsonException;
    }

    /** Decides by the first part of a document that the rest of it need not be read. */
    @FunctionalInterface
    interface Look {
        boolean isUnwanted(byte[] json) throws JsonException;
    }

    private JsonReading() {}

    static <T> Decoded<T> read(byte @Nullable [] json, Shape<T> shape) {
        return read(json, any -> false, "", shape);
    }

    /** Reads a document, or answers with a control message of this operation after no more than a look at it. */
    static <T> Decoded<T> read(byte @Nullable [] json, Look look, String unwanted, Shape<T> shape) {
        if (json == null) {
            return Decoded.control("empty");
        }
        try {
            if (look.isUnwanted(json)) {
                return Decoded.control(unwanted);
            }
            JsonCursor cursor = new JsonCursor(json);
            Decoded<T> decoded = shape.read(cursor);
            cursor.expectEnd();
            return decoded;
        } catch (JsonException e) {
            return Decoded.rejection(
                    e.isTooDeep() ? RejectionReason.BEYOND_LIMITS : RejectionReason.NOT_JSON, e.position());
        } catch (RuntimeException e) {
            // No input is known that leads here. An exception would stop the worker at this record for good.
            return Decoded.rejection(RejectionReason.WRONG_SHAPE, "decoder failed", e);
        }
    }
}
