package io.replaylinker.serdes.sentry;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Says whether bytes are JSON, by a parser that the world uses. */
final class JacksonOracle {

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    private static final ObjectMapper STRICT = JsonMapper.builder(JsonFactory.builder()
                    .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .build();

    private JacksonOracle() {}

    static boolean accepts(byte[] json) {
        try (JsonParser parser = FACTORY.createParser(json)) {
            JsonToken first = parser.nextToken();
            while (parser.hasCurrentToken() && !parser.getParsingContext().inRoot()) {
                parser.nextToken();
            }
            return first != null && parser.nextToken() == null;
        } catch (IOException e) {
            return false;
        }
    }

    /** The object with this field behind its others; null if the bytes are no object with it, or a name stands twice. */
    static byte @Nullable [] withFieldLast(byte[] json, String field) {
        try {
            if (!(STRICT.readTree(json) instanceof ObjectNode object) || !object.has(field)) {
                return null;
            }
            JsonNode value = object.remove(field);
            return STRICT.writeValueAsBytes(object.set(field, value));
        } catch (IOException e) {
            return null;
        }
    }
}
