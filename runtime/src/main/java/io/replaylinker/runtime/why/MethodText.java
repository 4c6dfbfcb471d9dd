package io.replaylinker.runtime.why;

import io.replaylinker.schemas.Method;
import java.util.Locale;

/** Text for how an event was linked to its replay, used by all outputs. */
public final class MethodText {

    private MethodText() {}

    /** The label in a column: by id, by recorder. */
    public static String by(Method method) {
        return switch (method) {
            case REPLAY_ID -> "by id";
            case ERROR_ID -> "by recorder";
            case SPAN -> "by span";
            case TRACE -> "by trace";
            case USER -> "by user";
            case UNKNOWN -> "-";
        };
    }

    /**
     * The same of a method's name in tables and JSON.
     *
     * @param name replay_id, error_id, ...; one of another release stays as it is
     */
    public static String by(String name) {
        Method method = of(name);
        return method == Method.UNKNOWN
                ? (name.isEmpty() || name.equals(name(Method.UNKNOWN)) ? "-" : name)
                : by(method);
    }

    /** The rule that decided; half a sentence. */
    public static String rule(Method method) {
        return switch (method) {
            case REPLAY_ID -> "the event names the replay";
            case ERROR_ID -> "the recorder of the replay names the event among those that it sent";
            case SPAN -> "the path of spans above the event leads to one that names the replay";
            case TRACE -> "the replay is the only visit on the trace that can have caused the event";
            case USER -> "of all visits on the trace only this one names the event's user";
            case UNKNOWN -> "a method of another release";
        };
    }

    /** Of a name in tables and JSON; UNKNOWN for one of another release. */
    public static Method of(String name) {
        for (Method method : Method.values()) {
            if (name(method).equals(name)) {
                return method;
            }
        }
        return Method.UNKNOWN;
    }

    /** As in tables and JSON. */
    public static String name(Method method) {
        return method.name().toLowerCase(Locale.ROOT);
    }
}
