package io.replaylinker.benchmarks.workload;

/** What an event of the workload says about a replay. */
public enum EventKind {
    /** It carries the replay's id, and a trace of that replay. */
    EXPLICIT(0),
    /** It carries a trace that a replay lists, and no id. */
    BY_TRACE(1),
    /** It carries a trace of its own. */
    UNRELATED(2);

    private final int code;

    EventKind(int code) {
        this.code = code;
    }

    /** Two bits. */
    int code() {
        return code;
    }

    static EventKind of(int code) {
        return switch (code) {
            case 0 -> EXPLICIT;
            case 1 -> BY_TRACE;
            case 2 -> UNRELATED;
            default -> throw new IllegalArgumentException("no kind has code " + code);
        };
    }
}
