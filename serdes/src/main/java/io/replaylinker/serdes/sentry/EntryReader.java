package io.replaylinker.serdes.sentry;

/** Takes the entries of what producers write either as an object or as a list of pairs: tags and headers. */
@FunctionalInterface
interface EntryReader {

    /** Takes one entry; the cursor stands on its value, which must be consumed. */
    void take(String key, JsonCursor value) throws JsonException;

    /** Gives each entry of the current value to the reader; pairs that are none, and keys that are no text, are left out. */
    static void readEach(JsonCursor cursor, EntryReader reader) throws JsonException {
        if (!cursor.isArray()) {
            readObject(cursor, reader);
        } else if (cursor.enterArray()) {
            while (cursor.nextElement()) {
                readPair(cursor, reader);
            }
        }
    }

    private static void readObject(JsonCursor cursor, EntryReader reader) throws JsonException {
        if (!cursor.enterObject()) {
            return;
        }
        for (String key = cursor.nextEntry(); key != null; key = cursor.nextEntry()) {
            reader.take(key, cursor);
        }
    }

    private static void readPair(JsonCursor cursor, EntryReader reader) throws JsonException {
        if (!cursor.enterArray() || !cursor.nextElement()) {
            return;
        }
        String key = cursor.string();
        if (!cursor.nextElement()) {
            return;
        }
        if (key == null) {
            cursor.skip();
        } else {
            reader.take(key, cursor);
        }
        cursor.leaveArray();
    }
}
