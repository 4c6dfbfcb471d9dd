package io.replaylinker.serdes.sentry;

/** Reads the entries of tags and headers, which producers write either as an object or as a list of pairs. */
@FunctionalInterface
interface EntryReader {

    /** Reads an entry. The cursor is at its value, which must be consumed. */
    void take(String key, JsonCursor value) throws JsonException;

    /** Passes each entry of the current value to the reader. Invalid pairs and keys that are not text are skipped. */
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
