package io.replaylinker.local.evaluate;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.replaylinker.schemas.EventSummary;
import io.replaylinker.schemas.Link;
import io.replaylinker.schemas.ReplayState;
import io.replaylinker.schemas.Unlinked;
import io.replaylinker.schemas.UnlinkedReason;
import io.replaylinker.serdes.Ids;
import io.replaylinker.serdes.sentry.SentryEventDecoder;
import io.replaylinker.serdes.sentry.SentryReplayDecoder;
import io.replaylinker.serdes.sentry.SentrySpanDecoder;
import io.replaylinker.topology.BoundedJoin;
import io.replaylinker.topology.EvidenceSettings;
import io.replaylinker.topology.JoinCounts;
import io.replaylinker.topology.join.JoinSettings;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Decoders and join as the worker has them, with its default settings, on the heap and without servers, over records of Sentry's topics. */
public final class RecordedJoin {

    private static final String SPANS = "ingest-spans";
    private static final String REPLAYS = "ingest-replay-events";

    private final SentryEventDecoder events = new SentryEventDecoder();
    private final SentrySpanDecoder spans = new SentrySpanDecoder();
    private final SentryReplayDecoder replays = new SentryReplayDecoder();
    private final Verdicts verdicts = new Verdicts();
    private final BoundedJoin join;

    /** Nothing has been read yet. */
    public RecordedJoin() {
        join = new BoundedJoin(
                EvidenceSettings.defaults(),
                JoinSettings.defaults(),
                new JoinCounts(new SimpleMeterRegistry()),
                verdicts);
    }

    /**
     * All records before this moment have been read.
     *
     * @param timeMs epoch milliseconds, never smaller than before
     */
    public void advance(long timeMs) {
        join.advance(timeMs);
    }

    /**
     * Reads a record.
     *
     * @param topic as Sentry names them; one of events, if of neither spans nor replays
     * @param timestampMs epoch milliseconds
     */
    public void read(String topic, Headers headers, byte[] value, long timestampMs) {
        switch (topic) {
            case SPANS -> join.span(topic, spans.decode(topic, headers, value), timestampMs);
            case REPLAYS -> join.replay(topic, replays.decode(topic, headers, value), timestampMs);
            default -> join.event(topic, events.decode(topic, headers, value), timestampMs);
        }
    }

    /** As {@link #read(String, Headers, byte[], long)}, of a record without headers. */
    public void read(String topic, byte[] value, long timestampMs) {
        read(topic, new RecordHeaders(), value, timestampMs);
    }

    /** The end of all records: expires the events that still wait. */
    public void close() {
        join.close();
    }

    /** Replay by event, both 32 lower hex digits, sorted: the current links. */
    public Map<String, String> links() {
        return Collections.unmodifiableMap(verdicts.links);
    }

    /** Why events have no link, by event; as published. */
    public Map<String, UnlinkedReason> unlinked() {
        return Collections.unmodifiableMap(verdicts.unlinked);
    }

    private static final class Verdicts implements BoundedJoin.Listener {

        private final Map<String, String> links = new TreeMap<>();
        private final Map<String, UnlinkedReason> unlinked = new TreeMap<>();

        @Override
        public void claimed(EventSummary event) {}

        @Override
        public void link(Link link) {
            String event = Ids.hex(link.getEvent().getEventId());
            String replay = Ids.hex(link.getReplayId());
            if (link.getDeleted()) {
                links.remove(event, replay);
            } else {
                links.put(event, replay);
                unlinked.remove(event);
            }
        }

        @Override
        public void unlinked(Unlinked verdict) {
            unlinked.put(Ids.hex(verdict.getEvent().getEventId()), verdict.getReason());
        }

        @Override
        public void replayState(ReplayState replayState) {}
    }
}
