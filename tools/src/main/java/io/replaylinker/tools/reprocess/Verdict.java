package io.replaylinker.tools.reprocess;

import io.replaylinker.schemas.Id;
import io.replaylinker.schemas.Link;
import io.replaylinker.schemas.Unlinked;
import io.replaylinker.serdes.Ids;
import org.jspecify.annotations.Nullable;

/**
 * The run's result for one event that it judged.
 *
 * @param receivedMs when the server received the event, epoch milliseconds
 * @param occurrence whether it is an issue-platform event, which may have the id of the transaction that it was found in
 * @param link the current link; null without one
 * @param unlinked why there is no link, if that was published
 */
record Verdict(
        long receivedMs,
        long project,
        Id event,
        boolean occurrence,
        @Nullable Link link,
        @Nullable Unlinked unlinked) {

    /** Key of the event: its project, its id, and whether it is an issue-platform event. */
    String key() {
        return key(project, Ids.hex(event), occurrence);
    }

    static String key(long project, String eventHex, boolean occurrence) {
        return Long.toUnsignedString(project) + "/" + eventHex + (occurrence ? "/occurrence" : "");
    }
}
