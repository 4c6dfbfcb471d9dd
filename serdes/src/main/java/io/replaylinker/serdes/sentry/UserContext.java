package io.replaylinker.serdes.sentry;

import org.jspecify.annotations.Nullable;

/** The {@code user} of an event or a replay: who used the program, as the sender names them. */
record UserContext(@Nullable String id, @Nullable String address) {

    static final UserContext NONE = new UserContext(null, null);

    /** What SDKs write for "take the address of the connection"; here it was not replaced. */
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

    /** The address; null where it is blank or only stands for one. */
    static @Nullable String address(@Nullable String text) {
        return text == null || text.isBlank() || text.equals(AUTOMATIC) ? null : text;
    }
}
