package io.replaylinker.serdes.trace;

import io.replaylinker.schemas.Id;
import io.replaylinker.schemas.SpanId;
import io.replaylinker.serdes.Ids;
import org.jspecify.annotations.Nullable;

/**
 * The header {@code traceparent}: {@code version "-" traceid "-" spanid "-" flags} with 2, 32, 16 and 2 hex digits; bit 0 of the
 * flags is the sampling decision. Source: W3C Trace Context, level 1. As it asks for, a version above 00 may append further
 * parts, version ff is invalid. More lenient: any case of the digits, blanks around.
 */
public record Traceparent(Id traceId, SpanId spanId, boolean sampled) {

    private static final int LENGTH = 55;

    /** The header's content; null if there is no header, it breaks the grammar, or one of its ids is all zeros. */
    public static @Nullable Traceparent parse(@Nullable String header) {
        if (header == null) {
            return null;
        }
        String text = HeaderText.trim(header);
        if (text.length() < LENGTH || text.charAt(2) != '-' || text.charAt(35) != '-' || text.charAt(52) != '-') {
            return null;
        }
        int version = HeaderText.hexByte(text, 0, 2);
        int flags = HeaderText.hexByte(text, 53, LENGTH);
        boolean longer = text.length() > LENGTH;
        if (version < 0 || version == 0xff || flags < 0 || (longer && (version == 0 || text.charAt(LENGTH) != '-'))) {
            return null;
        }
        Id trace = Ids.parse(text.substring(3, 35));
        SpanId span = Ids.parseSpan(text.substring(36, 52));
        return trace == null || span == null ? null : new Traceparent(trace, span, (flags & 1) != 0);
    }
}
