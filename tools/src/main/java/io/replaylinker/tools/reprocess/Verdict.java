package io.replaylinker.tools.reprocess;

import io.replaylinker.schemas.Id;
import io.replaylinker.schemas.Link;
import io.replaylinker.schemas.Unlinked;
import io.replaylinker.serdes.Ids;
import org.jspecify.annotations.Nullable;

/**
 * What a run found out about one event that it judged.
 *
 * @param receivedMs when the server received the event, epoch milliseconds
 * @param occurrence whether it is an issue-platform event, which may have the id of the transaction that it was found in
 * @param link the link that holds; null for none
 * @param unlinked why there is none, if that was published
 */
record Verdict(
        long receivedMs,
        long project,
        Id event,
        boolean occurrence,
        @Nullable Link link,
        @Nullable Unlinked unlinked) {

    /** An event is known by its project, its id, and whether it is an issue-platform event. */
    String key() {
        return key(project, Ids.hex(event), occurrence);
    }

    static String key(long project, String eventHex, boolean occurrence) {
        return Long.toUnsignedString(project) + "/" + eventHex + (occurrence ? "/occurrence" : "");
    }
}
