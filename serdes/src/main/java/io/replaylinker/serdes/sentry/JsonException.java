package io.replaylinker.serdes.sentry;

/** The bytes are no JSON, or nested too deep. Without a stack trace: a flood of garbage must cost no more than good records. */
final class JsonException extends Exception {

    private final boolean tooDeep;

    private final String position;

    private JsonException(int offset, boolean tooDeep) {
        position = "at byte " + offset;
        this.tooDeep = tooDeep;
    }

    static JsonException broken(int offset) {
        return new JsonException(offset, false);
    }

    static JsonException tooDeep(int offset) {
        return new JsonException(offset, true);
    }

    /** Where, without what: the payload may be personal data. */
    String position() {
        return position;
    }

    boolean isTooDeep() {
        return tooDeep;
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
