package io.replaylinker.worker.reprocess;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.replaylinker.schemas.Link;
import io.replaylinker.schemas.Unlinked;
import io.replaylinker.serdes.Ids;
import io.replaylinker.topology.join.Rows;
import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** What a run changed, counted and event by event; kept with the run, so that nothing of it is lost when the run is cut off. */
final class Tally {

    private static final byte[] ALL = {};
    private static final String LIVES = "lives";
    private static final String SLOTS = "slots";
    private static final String CHANGES = "changes";

    private static final String SAID = "said";

    private final RunStore store;
    private final Rows changes;
    private final Rows changedSlots;

    /**
     * A difference that was made.
     *
     * @param replayId the replay of the new link, else of the one that was taken back; empty when there is neither
     * @param why the method of the link, or the reason why there is none; empty when nothing is said
     */
    record Line(Change.Kind kind, String eventId, String project, String replayId, String why) {}

    Tally(RunStore store) {
        this.store = store;
        this.changes = store.table('x');
        this.changedSlots = store.table('y');
    }

    void add(Change change) {
        add(change.kind().name(), 1);
        if (change.kind() == Change.Kind.SAME || change.kind() == Change.Kind.KEPT) {
            return;
        }
        Verdict verdict = change.verdict();
        Link link = verdict.link() != null
                ? verdict.link()
                : change.links().isEmpty() ? null : change.links().get(0);
        String line = String.join(
                "\t",
                change.kind().name(),
                Ids.hex(verdict.event()),
                Long.toUnsignedString(verdict.project()),
                link == null ? "" : Ids.hex(link.getReplayId()),
                why(verdict));
        long number = add(CHANGES, 1);
        changes.put(key(number), line.getBytes(UTF_8));
    }

    private static String why(Verdict verdict) {
        @Nullable Link link = verdict.link();
        @Nullable Unlinked none = verdict.unlinked();
        if (link != null) {
            return link.getMethod().name().toLowerCase(Locale.ROOT);
        }
        return none == null ? "" : none.getReason().name();
    }

    void addLives(int lives) {
        add(LIVES, lives);
    }

    /** How many groups of events have been compared. */
    long slots() {
        return count(SLOTS);
    }

    /** @param changed whether something was said of its events, so that the tables have to be looked at once more */
    void addSlot(boolean changed) {
        long slot = add(SLOTS, 1) - 1;
        if (changed) {
            changedSlots.put(key(slot), ALL);
        }
    }

    boolean isChanged(long slot) {
        return changedSlots.get(key(slot)) != null;
    }

    /** By partition, the offset behind the last thing that was said there. */
    void said(Map<TopicPartition, Long> ends) {
        store.note(SAID, PartitionOffsets.write(ends));
    }

    Map<TopicPartition, Long> said() {
        return PartitionOffsets.read(store.note(SAID).orElse(""));
    }

    private static byte[] key(long number) {
        return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    }

    /** Whether all replays have been compared. */
    boolean hasLives() {
        return store.note(LIVES).isPresent();
    }

    long lives() {
        return count(LIVES);
    }

    /** Events by what became of them. */
    Map<Change.Kind, Long> counts() {
        Map<Change.Kind, Long> counts = new EnumMap<>(Change.Kind.class);
        for (Change.Kind kind : Change.Kind.values()) {
            counts.put(kind, count(kind.name()));
        }
        return counts;
    }

    /** All differences, in the order of the events' receive times. */
    void each(Consumer<Line> consumer) {
        try (Rows.Cursor all = changes.prefix(ALL)) {
            while (all.hasNext()) {
                String[] words = new String(all.next().value(), UTF_8).split("\t", -1);
                consumer.accept(new Line(Change.Kind.valueOf(words[0]), words[1], words[2], words[3], words[4]));
            }
        }
    }

    private long count(String name) {
        return store.note(name).map(Long::parseLong).orElse(0L);
    }

    private long add(String name, long more) {
        long sum = count(name) + more;
        store.note(name, Long.toString(sum));
        return sum;
    }
}
