package io.replaylinker.serdes.sentry;

/** The bytes are not JSON, or nested too deeply. It has no stack trace, so that a flood of garbage costs no more than valid records. */
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

    /** The position without the content, because the payload may be personal data. */
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
