package io.replaylinker.sinks;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A batch that was cut and may or may not be in the table. It is kept in the metadata of the partition's committed offset, so that the next
 * sink cuts the same batch after a crash. It begins with the first record at the committed offset, or after the preceding range. The form
 * is {@code v1;pending=LAST_OFFSET;rows=N;sha=HEX}, and several ranges are separated by {@code |}.
 *
 * @param lastOffset inclusive
 * @param rows at least 1
 * @param sha first 16 hex digits of the batch's token
 */
record PendingRange(long lastOffset, int rows, String sha) {

    private static final int SHA_DIGITS = 16;
    private static final String SEPARATOR = "|";
    private static final Pattern FORM =
            Pattern.compile("v1;pending=(\\d{1,18});rows=([1-9]\\d{0,7});sha=([0-9a-f]{" + SHA_DIGITS + "})");

    static PendingRange of(Batch batch) {
        return new PendingRange(batch.lastOffset(), batch.rows(), batch.token().substring(0, SHA_DIGITS));
    }

    /** The metadata of the ranges; empty for no range. Two ranges take about 130 bytes of the 4096 that a broker accepts by default. */
    static String metadata(List<PendingRange> ranges) {
        return ranges.stream().map(PendingRange::text).collect(Collectors.joining(SEPARATOR));
    }

    /**
     * Parses the metadata of a committed offset.
     *
     * @throws IllegalArgumentException if the metadata has another form; the message says what is wrong
     */
    static List<PendingRange> parse(String metadata, long committedOffset) {
        List<PendingRange> ranges = new ArrayList<>();
        if (metadata.isEmpty()) {
            return ranges;
        }
        long from = committedOffset;
        for (String text : metadata.split(Pattern.quote(SEPARATOR), -1)) {
            Matcher matcher = FORM.matcher(text);
            if (!matcher.matches()) {
                throw new IllegalArgumentException("it is not of the form v1;pending=..;rows=..;sha=..");
            }
            PendingRange range = new PendingRange(
                    Long.parseLong(matcher.group(1)), Integer.parseInt(matcher.group(2)), matcher.group(3));
            if (range.lastOffset - from + 1 < range.rows) {
                throw new IllegalArgumentException(
                        range.rows + " rows do not fit between " + from + " and " + range.lastOffset);
            }
            ranges.add(range);
            from = range.lastOffset + 1;
        }
        return ranges;
    }

    boolean isOf(Batch batch) {
        return equals(of(batch));
    }

    private String text() {
        return "v1;pending=" + lastOffset + ";rows=" + rows + ";sha=" + sha;
    }
}
