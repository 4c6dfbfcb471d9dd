package io.replaylinker.runtime.wiring;

import java.util.Optional;

/**
 * The address of a worker in the client id of its sinks' consumers, where every member of the group's metadata can be read. Kafka has
 * {@code application.server} for the join, and nothing like it for a plain consumer.
 */
public final class AnnouncedAddress {

    private static final char BEFORE = '@';

    private AnnouncedAddress() {}

    /** Unique in a process, as each sink has a group of its own. */
    static String clientId(String group, String address) {
        return group + BEFORE + address;
    }

    /** The address in a client id, as host and port; empty for a consumer that announces none. */
    public static Optional<String> of(String clientId) {
        int at = clientId.lastIndexOf(BEFORE);
        return at < 0 ? Optional.empty() : Optional.of(clientId.substring(at + 1));
    }
}
