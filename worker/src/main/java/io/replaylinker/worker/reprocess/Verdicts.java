package io.replaylinker.worker.reprocess;

import io.replaylinker.schemas.EventSummary;
import io.replaylinker.schemas.Id;
import io.replaylinker.schemas.Link;
import io.replaylinker.schemas.ReplayLife;
import io.replaylinker.schemas.Unlinked;
import io.replaylinker.serdes.AvroBinary;
import io.replaylinker.topology.BoundedJoin;
import io.replaylinker.topology.join.Rows;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Keeps the last words of the join on each event that is meant, in the order of their receive times, and on each replay. */
final class Verdicts implements BoundedJoin.Words {

    private static final byte[] NONE = {};
    private static final int ID = 16;
    /** Received, project, event, kind: an issue-platform event may have the id of the transaction that it was found in. */
    private static final int EVENT = 2 * Long.BYTES + ID + 1;

    private static final byte CLAIMED = 0;
    private static final byte LINK = 1;
    private static final byte UNLINKED = 2;

    private final Rows words;
    private final Rows lives;
    private final Range range;
    private final AvroBinary<Link> links = new AvroBinary<>(Link.getClassSchema());
    private final AvroBinary<Unlinked> unlinked = new AvroBinary<>(Unlinked.getClassSchema());
    private final AvroBinary<ReplayLife> replays = new AvroBinary<>(ReplayLife.getClassSchema());
    private boolean meant;

    Verdicts(Rows words, Rows lives, Range range) {
        this.words = words;
        this.lives = lives;
        this.range = range;
    }

    /** Whether the next event is one of those that are meant. */
    void next(boolean meant) {
        this.meant = meant;
    }

    @Override
    public void claimed(EventSummary event) {
        if (meant) {
            words.put(key(event, CLAIMED, NONE), NONE);
        }
    }

    @Override
    public void link(Link link) {
        if (isMeant(link.getEvent())) {
            words.put(key(link.getEvent(), LINK, link.getReplayId().bytes()), links.write(NONE, link));
        }
    }

    @Override
    public void unlinked(Unlinked verdict) {
        if (isMeant(verdict.getEvent())) {
            words.put(key(verdict.getEvent(), UNLINKED, NONE), unlinked.write(NONE, verdict));
        }
    }

    @Override
    public void life(ReplayLife life) {
        if (life.getLastSeenMs() >= range.from().toEpochMilli()
                && life.getStartedMs() < range.to().toEpochMilli()) {
            byte[] key = ByteBuffer.allocate(ID + Long.BYTES)
                    .put(life.getReplayId().bytes())
                    .putLong(life.getProjectId())
                    .array();
            lives.put(key, replays.write(NONE, life));
        }
    }

    private boolean isMeant(EventSummary event) {
        return words.get(key(event, CLAIMED, NONE)) != null;
    }

    /**
     * Hands over what was found out of all events that are meant and were judged, the earliest first.
     *
     * @param atOnce how many events at a time, at most
     */
    void each(int atOnce, Consumer<List<Verdict>> consumer) {
        List<Verdict> verdicts = new ArrayList<>();
        List<Rows.Row> ofEvent = new ArrayList<>();
        try (Rows.Cursor all = words.prefix(NONE)) {
            while (all.hasNext()) {
                Rows.Row row = all.next();
                if (!ofEvent.isEmpty() && !sameEvent(ofEvent.get(0), row)) {
                    verdicts.add(verdict(ofEvent));
                    ofEvent.clear();
                    if (verdicts.size() == atOnce) {
                        consumer.accept(verdicts);
                        verdicts = new ArrayList<>();
                    }
                }
                ofEvent.add(row);
            }
        }
        if (!ofEvent.isEmpty()) {
            verdicts.add(verdict(ofEvent));
            consumer.accept(verdicts);
        }
    }

    /** The same for replays, in no order. */
    void eachLife(int atOnce, Consumer<List<ReplayLife>> consumer) {
        List<ReplayLife> some = new ArrayList<>();
        try (Rows.Cursor all = lives.prefix(NONE)) {
            while (all.hasNext()) {
                some.add(replays.read(all.next().value(), 0));
                if (some.size() == atOnce) {
                    consumer.accept(some);
                    some = new ArrayList<>();
                }
            }
        }
        if (!some.isEmpty()) {
            consumer.accept(some);
        }
    }

    private Verdict verdict(List<Rows.Row> rows) {
        ByteBuffer key = ByteBuffer.wrap(rows.get(0).key());
        long receivedMs = key.getLong();
        long project = key.getLong();
        byte[] event = new byte[ID];
        key.get(event);
        boolean occurrence = key.get() != 0;
        List<Link> told = new ArrayList<>();
        Unlinked none = null;
        for (Rows.Row row : rows) {
            switch (row.key()[EVENT]) {
                case LINK -> told.add(links.read(row.value(), 0));
                case UNLINKED -> none = unlinked.read(row.value(), 0);
                default -> {}
            }
        }
        @Nullable Link link = Verdict.best(told);
        return new Verdict(receivedMs, project, new Id(event), occurrence, link, link == null ? none : null);
    }

    private static boolean sameEvent(Rows.Row one, Rows.Row other) {
        return Arrays.equals(one.key(), 0, EVENT, other.key(), 0, EVENT);
    }

    private static byte[] key(EventSummary event, byte kind, byte[] more) {
        return ByteBuffer.allocate(EVENT + 1 + more.length)
                .putLong(event.getReceivedMs())
                .putLong(event.getProjectId())
                .put(event.getEventId().bytes())
                .put((byte) (event.getOccurrence() ? 1 : 0))
                .put(kind)
                .put(more)
                .array();
    }
}
