package io.replaylinker.serdes.registry;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * One call to the registry's REST API.
 *
 * @param path behind the address, encoded, with a slash in front
 * @param body JSON to post, or null for a GET
 * @param reader makes the result of an answer
 */
record RegistryRequest<T>(String path, @Nullable String body, Reader<T> reader) {

    /** {@code GET /path}, as messages tell it. */
    @Override
    public String toString() {
        return (body == null ? "GET " : "POST ") + path;
    }

    /** Makes the result of an answer that is neither an overload nor a refused login. */
    @FunctionalInterface
    interface Reader<T> {

        /**
         * Reads the answer; what the registry says of schemas is told by the exceptions of {@link SchemaRegistry}.
         *
         * @throws IOException if no registry would answer so: it counts as not answered
         */
        T read(RegistryAnswer answer) throws IOException;
    }
}
