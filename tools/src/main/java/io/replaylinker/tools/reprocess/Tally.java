package io.replaylinker.tools.reprocess;

import io.replaylinker.schemas.Id;
import io.replaylinker.schemas.Link;
import io.replaylinker.schemas.Unlinked;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Counts what a run changed, and on request keeps each difference. */
final class Tally {

    private final boolean diff;
    private final Map<Change.Kind, Long> counts = new EnumMap<>(Change.Kind.class);
    private final List<Line> lines = new ArrayList<>();
    private long replayStates;

    /**
     * A difference between the run and the tables.
     *
     * @param replay of the new link, else of the retracted one; null when there is neither
     * @param why the method of the link, or the reason why there is none; empty when nothing was published
     */
    record Line(
            Change.Kind kind,
            Id event,
            long project,
            @Nullable Id replay,
            String why) {}

    /** @param diff whether to keep the differences, some 150 bytes each, and not only their numbers */
    Tally(boolean diff) {
        this.diff = diff;
        for (Change.Kind kind : Change.Kind.values()) {
            counts.put(kind, 0L);
        }
    }

    void add(Change change) {
        counts.merge(change.kind(), 1L, Long::sum);
        if (!diff || !change.differs()) {
            return;
        }
        Verdict verdict = change.verdict();
        Link link = verdict.link() != null
                ? verdict.link()
                : change.links().isEmpty() ? null : change.links().get(0);
        lines.add(new Line(
                change.kind(),
                verdict.event(),
                verdict.project(),
                link == null ? null : link.getReplayId(),
                why(verdict).intern()));
    }

    private static String why(Verdict verdict) {
        @Nullable Link link = verdict.link();
        @Nullable Unlinked none = verdict.unlinked();
        if (link != null) {
            return link.getMethod().name().toLowerCase(Locale.ROOT);
        }
        return none == null ? "" : none.getReason().name();
    }

    void addReplayStates(int more) {
        replayStates += more;
    }

    long replayStates() {
        return replayStates;
    }

    /** Number of events by kind of change. */
    Map<Change.Kind, Long> counts() {
        return Map.copyOf(counts);
    }

    /** All differences, in the order of the events' receive times; no call if they were not requested. */
    void each(Consumer<Line> consumer) {
        lines.forEach(consumer);
    }
}
