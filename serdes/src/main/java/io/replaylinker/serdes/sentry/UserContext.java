package io.replaylinker.serdes.sentry;

import org.jspecify.annotations.Nullable;

/** The {@code user} of an event or a replay: the user of the program, as the sender identifies them. */
record UserContext(@Nullable String id, @Nullable String address) {

    static final UserContext NONE = new UserContext(null, null);

    /** SDKs write this to request the address of the connection. Here it was not replaced. */
    private static final String AUTOMATIC = "{{auto}}";

    static UserContext read(JsonCursor cursor) throws JsonException {
        if (!cursor.enterObject()) {
            return NONE;
        }
        String id = null;
        String address = null;
        String shortName = null;
        for (String name = cursor.nextField(); name != null; name = cursor.nextField()) {
            switch (name) {
                case "id" -> id = cursor.name();
                case "ip_address" -> address = address(cursor.string());
                case "ip" -> shortName = address(cursor.string());
                default -> cursor.skip();
            }
        }
        return new UserContext(id, EventTags.firstOf(address, shortName));
    }

    /** The address; null if it is blank or a placeholder. */
    static @Nullable String address(@Nullable String text) {
        return text == null || text.isBlank() || text.equals(AUTOMATIC) ? null : text;
    }
}
