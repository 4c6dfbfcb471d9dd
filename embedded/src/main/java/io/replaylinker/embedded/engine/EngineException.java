package io.replaylinker.embedded.engine;

import java.io.Serial;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A failed query, with ClickHouse's error code and message. */
final class EngineException extends RuntimeException {

    static final int UNKNOWN_EXCEPTION = 1002;
    static final int NOT_IMPLEMENTED = 48;
    static final int SYNTAX_ERROR = 62;
    static final int UNKNOWN_SETTING = 115;
    static final int SESSION_IS_LOCKED = 373;
    static final int ACCESS_DENIED = 497;
    static final int AUTHENTICATION_FAILED = 516;

    @Serial
    private static final long serialVersionUID = 1L;

    private static final Pattern CODE = Pattern.compile("^\\s*Code: (\\d+)\\.");

    private final int code;

    private EngineException(int code, String message) {
        super(message);
        this.code = code;
    }

    /** Parses the engine's message, which starts with {@code Code: n. DB::Exception:}. */
    static EngineException of(String text) {
        Matcher matcher = CODE.matcher(text);
        return matcher.find()
                ? new EngineException(Integer.parseInt(matcher.group(1)), text)
                : of(UNKNOWN_EXCEPTION, text, "UNKNOWN_EXCEPTION");
    }

    /** Creates an error of the bridge in the server's form. */
    static EngineException of(int code, String message, String name) {
        return new EngineException(code, "Code: " + code + ". DB::Exception: " + message + ". (" + name + ")");
    }

    int code() {
        return code;
    }

    /** The HTTP status that a ClickHouse server sends for this code (from the short table of HTTPHandler, otherwise 500). */
    int httpStatus() {
        return switch (code) {
            case 6, 26, 27, 36, 38, 41, 43, 53, SYNTAX_ERROR, 386 -> 400;
            case 192, 193, 194, ACCESS_DENIED, AUTHENTICATION_FAILED -> 403;
            case 16, 46, 47, 50, 56, 60, 81, UNKNOWN_SETTING -> 404;
            case NOT_IMPLEMENTED -> 501;
            default -> 500;
        };
    }
}
