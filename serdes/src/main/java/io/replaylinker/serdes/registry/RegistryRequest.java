package io.replaylinker.serdes.registry;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A call to the registry's REST API.
 *
 * @param path behind the address, encoded, with a leading slash
 * @param body JSON to post, or null for a GET
 * @param reader converts the response into the result
 */
record RegistryRequest<T>(String path, @Nullable String body, Reader<T> reader) {

    /** {@code GET /path}, for messages. */
    @Override
    public String toString() {
        return (body == null ? "GET " : "POST ") + path;
    }

    /** Converts a response that is neither an overload nor a rejected login. */
    @FunctionalInterface
    interface Reader<T> {

        /**
         * Reads the response. Errors about schemas are reported by the exceptions of {@link SchemaRegistry}.
         *
         * @throws IOException if a registry would not respond like this; it counts as no response
         */
        T read(RegistryAnswer answer) throws IOException;
    }
}
