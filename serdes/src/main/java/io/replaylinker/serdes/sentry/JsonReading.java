package io.replaylinker.serdes.sentry;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.replaylinker.serdes.Decoded;
import io.replaylinker.serdes.RejectionReason;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Opens the JSON of a record and turns whatever goes wrong with it into a rejection. */
final class JsonReading {

    /** Reads the one value of a document and consumes all of it. */
    @FunctionalInterface
    interface Shape<T> {
        Decoded<T> read(JsonCursor cursor) throws IOException;
    }

    /** Sentry cuts events at a depth below 20; deeper means forged. */
    private static final int MAX_DEPTH = 200;

    // One for all: names are canonicalised in a table that learns which ones occur. Interning them as well gave
    // nothing.
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            // Python's encoder writes NaN; a measurement that is none must not cost the event.
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    // Long strings are skipped or cut where they stand, and the broker bounds the record.
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private JsonReading() {}

    static <T> Decoded<T> read(byte @Nullable [] json, Shape<T> shape) {
        if (json == null) {
            return Decoded.control("empty");
        }
        try (JsonParser parser = FACTORY.createParser(json)) {
            return whole(new JsonCursor(parser), shape);
        } catch (StreamConstraintsException e) {
            return Decoded.rejection(RejectionReason.BEYOND_LIMITS, at(e), e);
        } catch (JsonProcessingException e) {
            return Decoded.rejection(RejectionReason.NOT_JSON, at(e), e);
        } catch (IOException e) {
            return Decoded.rejection(RejectionReason.NOT_JSON, "not text in any encoding of JSON", e);
        } catch (RuntimeException e) {
            // No input is known that leads here. An exception would stop the worker at this record for good.
            return Decoded.rejection(RejectionReason.WRONG_SHAPE, "decoder failed", e);
        }
    }

    /** Reads a document inside of a document; null if it is not JSON, or no object. */
    static @Nullable ReplayPayload readInner(byte[] json) {
        try (JsonParser parser = FACTORY.createParser(json)) {
            JsonCursor cursor = new JsonCursor(parser);
            ReplayPayload payload = cursor.nextRoot() ? ReplayPayload.read(cursor) : null;
            return cursor.nextRoot() ? null : payload;
        } catch (IOException e) {
            return null;
        }
    }

    private static <T> Decoded<T> whole(JsonCursor cursor, Shape<T> shape) throws IOException {
        if (!cursor.nextRoot()) {
            return Decoded.rejection(RejectionReason.NOT_JSON, "no value");
        }
        Decoded<T> decoded = shape.read(cursor);
        return cursor.nextRoot() ? Decoded.rejection(RejectionReason.NOT_JSON, "more than one value") : decoded;
    }

    // The parser's own message quotes the payload, which may be personal data.
    private static String at(JsonProcessingException e) {
        return e.getLocation() == null ? "" : "at byte " + e.getLocation().getByteOffset();
    }
}
