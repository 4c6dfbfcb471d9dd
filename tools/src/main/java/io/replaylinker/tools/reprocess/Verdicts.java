package io.replaylinker.tools.reprocess;

import io.replaylinker.schemas.EventSummary;
import io.replaylinker.schemas.Id;
import io.replaylinker.schemas.Link;
import io.replaylinker.schemas.ReplayState;
import io.replaylinker.schemas.Unlinked;
import io.replaylinker.serdes.AvroBinary;
import io.replaylinker.topology.BoundedJoin;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the latest output of the join for each event of the range, in the order of their receive times, and for each replay. All of it is
 * in memory until the end of the run, so it is kept as bytes.
 */
final class Verdicts implements BoundedJoin.Listener {

    private static final byte[] NO_HEAD = {};
    /** For the many events with neither a link nor a published reason. */
    private static final LatestOutput NONE = new LatestOutput(List.of(), null);

    private final NavigableMap<Event, LatestOutput> events = new TreeMap<>();
    private final Map<Replay, byte[]> replayStates = new HashMap<>();
    private final Range range;
    private final AvroBinary<Link> links = new AvroBinary<>(Link.getClassSchema());
    private final AvroBinary<Unlinked> unlinked = new AvroBinary<>(Unlinked.getClassSchema());
    private final AvroBinary<ReplayState> replays = new AvroBinary<>(ReplayState.getClassSchema());
    private boolean meant;

    /** The id as two numbers, which take half of the memory of an {@link Id}. */
    private record Event(long receivedMs, long project, long high, long low, boolean occurrence)
            implements Comparable<Event> {

        private static final Comparator<Event> ORDER = Comparator.comparingLong(Event::receivedMs)
                .thenComparingLong(Event::project)
                .thenComparingLong(Event::high)
                .thenComparingLong(Event::low)
                .thenComparing(Event::occurrence);

        static Event of(EventSummary event) {
            ByteBuffer id = ByteBuffer.wrap(event.getEventId().bytes());
            return new Event(
                    event.getReceivedMs(), event.getProjectId(), id.getLong(), id.getLong(), event.getOccurrence());
        }

        Id id() {
            return new Id(ByteBuffer.allocate(2 * Long.BYTES)
                    .putLong(high)
                    .putLong(low)
                    .array());
        }

        @Override
        public int compareTo(Event other) {
            return ORDER.compare(this, other);
        }
    }

    private record Replay(long project, Id id) {}

    /**
     * The latest output for an event.
     *
     * @param links current ones, of different replays: nearly always one
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record LatestOutput(List<byte[]> links, byte @Nullable [] unlinked) {}

    Verdicts(Range range) {
        this.range = range;
    }

    /** Whether the next event belongs to the range. */
    void next(boolean meant) {
        this.meant = meant;
    }

    @Override
    public void claimed(EventSummary event) {
        if (meant) {
            events.putIfAbsent(Event.of(event), NONE);
        }
    }

    @Override
    public void link(Link link) {
        events.computeIfPresent(Event.of(link.getEvent()), (event, latest) -> {
            List<byte[]> held = new ArrayList<>(latest.links());
            held.removeIf(before -> links.read(before, 0).getReplayId().equals(link.getReplayId()));
            if (!link.getDeleted()) {
                held.add(links.write(NO_HEAD, link));
            }
            return new LatestOutput(List.copyOf(held), latest.unlinked());
        });
    }

    @Override
    public void unlinked(Unlinked verdict) {
        events.computeIfPresent(
                Event.of(verdict.getEvent()),
                (event, latest) -> new LatestOutput(latest.links(), unlinked.write(NO_HEAD, verdict)));
    }

    @Override
    public void replayState(ReplayState replayState) {
        if (replayState.getLastSeenMs() >= range.from().toEpochMilli()
                && replayState.getStartedMs() < range.to().toEpochMilli()) {
            replayStates.put(
                    new Replay(replayState.getProjectId(), replayState.getReplayId()),
                    replays.write(NO_HEAD, replayState));
        }
    }

    /**
     * Passes on the verdicts of all judged events of the range, the earliest first.
     *
     * @param atOnce how many events at a time, at most
     */
    void each(int atOnce, Consumer<List<Verdict>> consumer) {
        each(events, this::verdict, atOnce, consumer);
    }

    /** The same for replays, in no order. */
    void eachReplayState(int atOnce, Consumer<List<ReplayState>> consumer) {
        each(replayStates, (replay, state) -> replays.read(state, 0), atOnce, consumer);
    }

    private static <K, V, T> void each(
            Map<K, V> all, BiFunction<K, V, T> read, int atOnce, Consumer<List<T>> consumer) {
        List<T> some = new ArrayList<>();
        all.forEach((key, value) -> {
            some.add(read.apply(key, value));
            if (some.size() == atOnce) {
                consumer.accept(List.copyOf(some));
                some.clear();
            }
        });
        if (!some.isEmpty()) {
            consumer.accept(List.copyOf(some));
        }
    }

    private Verdict verdict(Event event, LatestOutput latest) {
        Link link = latest.links().stream()
                .map(bytes -> links.read(bytes, 0))
                .max(Comparator.comparingLong(Link::getVersion))
                .orElse(null);
        byte[] none = latest.unlinked();
        return new Verdict(
                event.receivedMs(),
                event.project(),
                event.id(),
                event.occurrence(),
                link,
                link != null || none == null ? null : unlinked.read(none, 0));
    }
}
