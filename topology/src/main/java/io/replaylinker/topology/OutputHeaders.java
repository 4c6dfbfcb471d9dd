package io.replaylinker.topology;

import io.replaylinker.schemas.Id;
import io.replaylinker.schemas.Link;
import io.replaylinker.schemas.ReplayState;
import io.replaylinker.schemas.Unlinked;
import io.replaylinker.serdes.Ids;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * Headers of the output records, as UTF-8 text, for filters and topic browsers that do not decode the value. Ids are lower hex, the method
 * and the reason are the symbols of the schema.
 */
final class OutputHeaders {

    static final String EVENT_ID = "event_id";
    static final String REPLAY_ID = "replay_id";
    static final String METHOD = "method";
    static final String REASON = "reason";

    private OutputHeaders() {}

    static Headers of(Link link) {
        return add(
                add(add(new RecordHeaders(), EVENT_ID, link.getEvent().getEventId()), REPLAY_ID, link.getReplayId()),
                METHOD,
                link.getMethod().name());
    }

    static Headers of(Unlinked unlinked) {
        return add(
                add(new RecordHeaders(), EVENT_ID, unlinked.getEvent().getEventId()),
                REASON,
                unlinked.getReason().name());
    }

    static Headers of(ReplayState state) {
        return add(new RecordHeaders(), REPLAY_ID, state.getReplayId());
    }

    private static Headers add(Headers headers, String name, Id id) {
        return add(headers, name, Ids.hex(id));
    }

    private static Headers add(Headers headers, String name, String value) {
        return headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
