package io.replaylinker.serdes.sentry;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;

/** Says whether bytes are JSON, by a parser that the world uses. */
final class JacksonOracle {

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
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
}
