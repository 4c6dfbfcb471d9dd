package io.replaylinker.serdes.sentry;

/**
 * The look at a span's first fields that skips most of the stream: twenty-nine of thirty spans lie inside a segment and call no
 * other service. Producers write {@code is_segment} before the attributes; after a false one those are only searched for a kind or
 * an operation of a caller, and nothing behind is checked to be JSON.
 */
final class InnerSpans {

    /** What a skipped span is counted as. */
    static final String OPERATION = "inner_span";

    private InnerSpans() {}

    /** Whether the span is one to skip for certain. False says nothing: the message must be read. */
    static boolean isSkipped(byte[] json) throws JsonException {
        JsonScanner scanner = new JsonScanner(json);
        if (scanner.peek() != '{') {
            return false;
        }
        scanner.enter();
        boolean isInner = false;
        while (scanner.nextField()) {
            String name = scanner.wantedName();
            if (name.equals("is_segment")) {
                isInner = scanner.peek() == 'f';
                if (!isInner) {
                    return false;
                }
            } else if (name.equals("attributes")) {
                return isInner && !CallerSearch.mayFind(json, scanner.position());
            }
            scanner.skip();
        }
        return false;
    }
}
