package io.replaylinker.benchmarks.workload;

import io.replaylinker.benchmarks.workload.SeededHash.Use;
import io.replaylinker.topology.join.JoinSettings;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Ten minutes of replays and events, a function of seed, shape and size. Of 50 events for each replay, 15 carry its id, 10 share a trace
 * with it, and 25 have nothing to do with any replay. A replay lasts 50 s, sends a segment every 5 s, and lists three traces, each once,
 * a few seconds after the trace began.
 *
 * @param replays how many, 2 to 2^20; the events are fifty times as many
 */
public record Workload(long seed, Shape shape, int replays) {

    /** Events for each replay. */
    public static final int EVENTS_PER_REPLAY = 50;

    /** Segments of each replay. */
    public static final int SEGMENTS = 10;

    /** Traces that each replay lists. */
    public static final int TRACES = 3;

    /** When it begins: fixed and past, so that the same seed gives the same bytes and no clock runs behind it. */
    public static final Instant START = Instant.parse("2025-06-02T12:00:00Z");

    private static final int EXPLICIT_PER_REPLAY = 15;
    private static final int BY_TRACE_PER_REPLAY = 10;
    private static final int MOVED_TO_HOT_REPLAY = 5;
    private static final int DURATION_MS = 600_000;
    private static final int LENGTH_MS = 50_000;
    private static final int TRANSACTION_MS = 3_000;
    private static final int SEGMENT_BITS = 4;
    private static final int MOST_SPANS = JoinSettings.defaults().traceMaxSpans();

    public Workload {
        if (replays < 2 || replays > 1 << 20) {
            throw new IllegalArgumentException("a workload has 2 to 2^20 replays, not " + replays);
        }
    }

    /** The workload with so many events, rounded down to what whole replays have. */
    public static Workload ofEvents(long seed, Shape shape, int events) {
        return new Workload(seed, shape, events / EVENTS_PER_REPLAY);
    }

    /** How many events. */
    public int events() {
        return replays * EVENTS_PER_REPLAY;
    }

    /** How many replay messages. */
    public int segments() {
        return replays * SEGMENTS;
    }

    /** How many events end with a link: those that carry an id, and those whose trace links them. */
    public long expectedLinks() {
        long all = (long) replays * (EXPLICIT_PER_REPLAY + BY_TRACE_PER_REPLAY);
        return all
                - IntStream.range(0, replays).mapToLong(this::eventsWithoutLink).sum();
    }

    /** Whether the event is to have a link, which is to its own replay. */
    boolean isLinked(Occurrence at) {
        return switch (at.kind()) {
            case EXPLICIT -> true;
            case BY_TRACE -> isTraceLinked(at.replay(), at.ordinal() % TRACES);
            case UNRELATED -> false;
        };
    }

    private long eventsWithoutLink(int replay) {
        return IntStream.range(0, BY_TRACE_PER_REPLAY)
                .filter(ordinal -> !isTraceLinked(replay, ordinal % TRACES))
                .count();
    }

    /** Whether a trace belongs to one replay, and has no more spans than one may have that links by itself. */
    private boolean isTraceLinked(int replay, int trace) {
        return !isShared(replay, trace) && !(isHot(replay) && hotSpans(trace) > MOST_SPANS);
    }

    private long hotSpans(int trace) {
        return occurrences(0)
                .mapToObj(Occurrence::of)
                .filter(at -> at.kind() != EventKind.UNRELATED)
                .filter(at ->
                        (at.kind() == EventKind.BY_TRACE ? at.ordinal() % TRACES : traceAt(0, at.atMs())) == trace)
                .count();
    }

    /** All events in the order of their receive times. */
    public Stream<Occurrence> occurrences() {
        long[] packed = IntStream.range(0, replays)
                .boxed()
                .flatMapToLong(this::occurrences)
                .toArray();
        Arrays.parallelSort(packed);
        return Arrays.stream(packed).mapToObj(Occurrence::of);
    }

    private LongStream occurrences(int replay) {
        return LongStream.concat(
                IntStream.range(0, explicitEvents(replay)).mapToLong(i -> at(EventKind.EXPLICIT, replay, i)),
                LongStream.concat(
                        IntStream.range(0, BY_TRACE_PER_REPLAY).mapToLong(i -> at(EventKind.BY_TRACE, replay, i)),
                        IntStream.range(0, EVENTS_PER_REPLAY - EXPLICIT_PER_REPLAY - BY_TRACE_PER_REPLAY)
                                .mapToLong(i -> at(EventKind.UNRELATED, replay, i))));
    }

    private int explicitEvents(int replay) {
        if (shape != Shape.HOT_REPLAY) {
            return EXPLICIT_PER_REPLAY;
        }
        int left = EXPLICIT_PER_REPLAY - MOVED_TO_HOT_REPLAY;
        return isHot(replay) ? left + replays * MOVED_TO_HOT_REPLAY : left;
    }

    private long at(EventKind kind, int replay, int ordinal) {
        Occurrence event = new Occurrence(0, kind, replay, ordinal);
        int atMs =
                switch (kind) {
                    case EXPLICIT -> startMs(replay) + hash().below(lengthMs(replay), Use.TIME, event.number());
                    case BY_TRACE ->
                        traceStartMs(replay, ordinal % TRACES)
                                + hash().below(lengthMs(replay) / TRACES, Use.TIME, event.number());
                    case UNRELATED -> hash().below(DURATION_MS, Use.TIME, event.number());
                };
        return new Occurrence(atMs, kind, replay, ordinal).packed();
    }

    /** All segments in the order of their receive times. */
    public Stream<SegmentOccurrence> segmentOccurrences() {
        long[] packed = IntStream.range(0, segments())
                .mapToLong(i -> segmentAtMs(i / SEGMENTS, i % SEGMENTS) << (Integer.SIZE - SEGMENT_BITS)
                        | (long) (i / SEGMENTS) << SEGMENT_BITS
                        | i % SEGMENTS)
                .sorted()
                .toArray();
        return Arrays.stream(packed).mapToObj(this::segment);
    }

    private SegmentOccurrence segment(long packed) {
        int replay = (int) (packed >>> SEGMENT_BITS & (1L << (Integer.SIZE - 2 * SEGMENT_BITS)) - 1);
        int segment = (int) packed & (1 << SEGMENT_BITS) - 1;
        return new SegmentOccurrence(segmentAtMs(replay, segment), replay, segment);
    }

    private long segmentAtMs(int replay, int segment) {
        return startMs(replay) + (segment + 1L) * lengthMs(replay) / SEGMENTS;
    }

    /** Ids of the traces that a segment lists: those whose transaction ended since the segment before. */
    String[] tracesListed(int replay, int segment) {
        return IntStream.range(0, TRACES)
                .filter(trace ->
                        (traceStartMs(replay, trace) - startMs(replay) + TRANSACTION_MS) / (lengthMs(replay) / SEGMENTS)
                                == segment)
                .mapToObj(trace -> traceId(replay, trace))
                .toArray(String[]::new);
    }

    /** Milliseconds since the workload's start. */
    int startMs(int replay) {
        return isHot(replay) ? 0 : (int) ((long) replay * (DURATION_MS - LENGTH_MS) / replays);
    }

    private int lengthMs(int replay) {
        return isHot(replay) ? DURATION_MS : LENGTH_MS;
    }

    private int traceStartMs(int replay, int trace) {
        return startMs(replay) + trace * (lengthMs(replay) / TRACES);
    }

    /** The trace that the user's browser is in at that moment. */
    String traceIdAt(int replay, long atMs) {
        return traceId(replay, traceAt(replay, atMs));
    }

    private int traceAt(int replay, long atMs) {
        return (int) Math.min(TRACES - 1, (atMs - startMs(replay)) * TRACES / lengthMs(replay));
    }

    String traceId(int replay, int trace) {
        return hash().id(Use.TRACE_ID, isShared(replay, trace) ? -1 : (long) replay * TRACES + trace);
    }

    String replayId(int replay) {
        return hash().id(Use.REPLAY_ID, replay);
    }

    private boolean isHot(int replay) {
        return shape == Shape.HOT_REPLAY && replay == 0;
    }

    private boolean isShared(int replay, int trace) {
        return shape == Shape.HOT_TRACE && replay % 2 == 0 && trace == 0;
    }

    SeededHash hash() {
        return new SeededHash(seed);
    }
}
