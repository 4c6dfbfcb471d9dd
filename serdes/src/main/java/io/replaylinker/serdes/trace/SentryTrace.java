package io.replaylinker.serdes.trace;

import io.replaylinker.schemas.Id;
import io.replaylinker.schemas.SpanId;
import io.replaylinker.serdes.Ids;
import org.jspecify.annotations.Nullable;

/**
 * The header {@code sentry-trace}: {@code traceid [ "-" spanid [ "-" sampled [ "-" flags ] ] ]} with 32 and 16 hex digits, {@code 0} or
 * {@code 1}, and a byte of two hex digits whose bit 0 is set when the sender records a replay.
 *
 * <p>Source: Sentry's SDK specification "Trace propagation" 1.9.0, which defines three parts. SDKs reject the fourth, so it is read here
 * and must never be written. The parser is more lenient than the specification, because the ids may be valid where the rest is not. It
 * accepts digits in any case, surrounding blanks, a trace id alone, dashes at the end, and an unreadable decision or flags. Proxies and
 * double instrumentation duplicate the header. In a list, separated by commas, the first readable part counts.
 *
 * @param spanId null when the header has only the trace id
 * @param sampled null when the decision is deferred or unreadable
 */
public record SentryTrace(
        Id traceId, @Nullable SpanId spanId, @Nullable Boolean sampled, boolean hasReplay) {

    private static final int TRACE_TO = 32;
    private static final int SPAN_FROM = 33;
    private static final int SPAN_TO = 49;

    /** Parses the header. Null if there is no header, or no part of it has readable ids that are not all zeros. */
    public static @Nullable SentryTrace parse(@Nullable String header) {
        return HeaderText.firstOfList(header, SentryTrace::parsePart);
    }

    private static @Nullable SentryTrace parsePart(String text) {
        if (text.length() < TRACE_TO) {
            return null;
        }
        Id trace = Ids.parse(text.substring(0, TRACE_TO));
        if (trace == null) {
            return null;
        }
        if (HeaderText.isDashes(text, TRACE_TO)) {
            return new SentryTrace(trace, null, null, false);
        }
        if (text.length() < SPAN_TO || text.charAt(TRACE_TO) != '-') {
            return null;
        }
        SpanId span = Ids.parseSpan(text.substring(SPAN_FROM, SPAN_TO));
        return span == null ? null : withRest(trace, span, text.substring(SPAN_TO));
    }

    /** Reads what follows the ids: nothing, {@code -s}, {@code -s-ff} or {@code --ff}. */
    private static @Nullable SentryTrace withRest(Id trace, SpanId span, String rest) {
        if (!rest.isEmpty() && rest.charAt(0) != '-') {
            return null;
        }
        int flagsAt = rest.indexOf('-', 1);
        String decision = flagsAt < 0 ? rest : rest.substring(0, flagsAt);
        int flags = flagsAt < 0 ? 0 : HeaderText.hexByte(rest, flagsAt + 1, rest.length());
        Boolean sampled = decision.equals("-1") ? Boolean.TRUE : decision.equals("-0") ? Boolean.FALSE : null;
        return new SentryTrace(trace, span, sampled, flags > 0 && (flags & 1) != 0);
    }
}
