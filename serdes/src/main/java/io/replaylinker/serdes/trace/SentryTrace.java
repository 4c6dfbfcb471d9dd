package io.replaylinker.serdes.trace;

import io.replaylinker.schemas.Id;
import io.replaylinker.schemas.SpanId;
import io.replaylinker.serdes.Ids;
import org.jspecify.annotations.Nullable;

/**
 * The header {@code sentry-trace}: {@code traceid "-" spanid [ "-" sampled [ "-" flags ] ]} with 32 and 16 hex digits, {@code 0}
 * or {@code 1}, and a byte of two hex digits whose bit 0 says that the sender records a replay.
 *
 * <p>Source: Sentry's SDK specification "Trace propagation" 1.9.0, which knows three parts. SDKs reject the fourth, so it is read
 * here and must never be written. More lenient than the specification: any case of the digits, blanks around, and an empty third
 * part before a fourth (a deferred decision needs some spelling there).
 *
 * @param sampled null when the decision is deferred
 */
public record SentryTrace(
        Id traceId, SpanId spanId, @Nullable Boolean sampled, boolean hasReplay) {

    private static final int SPAN_FROM = 33;
    private static final int SPAN_TO = 49;

    /** The header's content; null if there is no header, it breaks the grammar, or one of its ids is all zeros. */
    public static @Nullable SentryTrace parse(@Nullable String header) {
        if (header == null) {
            return null;
        }
        String text = HeaderText.trim(header);
        if (text.length() < SPAN_TO || text.charAt(SPAN_FROM - 1) != '-') {
            return null;
        }
        Id trace = Ids.parse(text.substring(0, SPAN_FROM - 1));
        SpanId span = Ids.parseSpan(text.substring(SPAN_FROM, SPAN_TO));
        return trace == null || span == null ? null : withRest(trace, span, text.substring(SPAN_TO));
    }

    /** Reads what follows the ids: nothing, {@code -s}, {@code -s-ff} or {@code --ff}. */
    private static @Nullable SentryTrace withRest(Id trace, SpanId span, String rest) {
        if (rest.isEmpty()) {
            return new SentryTrace(trace, span, null, false);
        }
        int flagsAt = rest.indexOf('-', 1);
        String decision = flagsAt < 0 ? rest : rest.substring(0, flagsAt);
        int flags = flagsAt < 0 ? 0 : HeaderText.hexByte(rest, flagsAt + 1, rest.length());
        if (flags < 0) {
            return null;
        }
        boolean hasReplay = (flags & 1) != 0;
        return switch (decision) {
            case "-1" -> new SentryTrace(trace, span, true, hasReplay);
            case "-0" -> new SentryTrace(trace, span, false, hasReplay);
            case "-" -> flagsAt < 0 ? null : new SentryTrace(trace, span, null, hasReplay);
            default -> null;
        };
    }
}
