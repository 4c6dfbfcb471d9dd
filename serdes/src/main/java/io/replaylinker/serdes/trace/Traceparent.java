package io.replaylinker.serdes.trace;

import io.replaylinker.schemas.Id;
import io.replaylinker.schemas.SpanId;
import io.replaylinker.serdes.Ids;
import org.jspecify.annotations.Nullable;

/**
 * The header {@code traceparent}: {@code version "-" traceid "-" spanid "-" flags} with 2, 32, 16 and 2 hex digits; bit 0 of the flags is
 * the sampling decision. Source: W3C Trace Context, level 1. As it specifies, a version above 00 may append further parts, and version ff
 * is invalid. The parser is more lenient: it accepts digits in any case, surrounding blanks, missing or unreadable flags, and a list,
 * separated by commas, in which the first readable part counts.
 *
 * @param sampled null when the flags are missing or unreadable
 */
public record Traceparent(
        Id traceId, SpanId spanId, @Nullable Boolean sampled) {

    private static final int IDS_TO = 52;
    private static final int LENGTH = 55;

    /** Parses the header. Null if there is no header, or no part of it has readable ids that are not all zeros. */
    public static @Nullable Traceparent parse(@Nullable String header) {
        return HeaderText.firstOfList(header, Traceparent::parsePart);
    }

    private static @Nullable Traceparent parsePart(String text) {
        if (text.length() < IDS_TO || text.charAt(2) != '-' || text.charAt(35) != '-') {
            return null;
        }
        int version = HeaderText.hexByte(text, 0, 2);
        if (version < 0 || version == 0xff || !isRest(text, version)) {
            return null;
        }
        Id trace = Ids.parse(text.substring(3, 35));
        SpanId span = Ids.parseSpan(text.substring(36, IDS_TO));
        return trace == null || span == null ? null : new Traceparent(trace, span, sampled(text));
    }

    /** Returns whether the part after the ids is valid: nothing, or a dash with flags, and in later versions with more. */
    private static boolean isRest(String text, int version) {
        if (text.length() == IDS_TO) {
            return true;
        }
        boolean isLonger = text.length() > LENGTH;
        return text.charAt(IDS_TO) == '-' && (!isLonger || (version > 0 && text.charAt(LENGTH) == '-'));
    }

    private static @Nullable Boolean sampled(String text) {
        int flags = text.length() < LENGTH ? -1 : HeaderText.hexByte(text, IDS_TO + 1, LENGTH);
        return flags < 0 ? null : (flags & 1) != 0;
    }
}
