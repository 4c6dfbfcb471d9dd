package io.replaylinker.topology.join;

import io.replaylinker.schemas.ErrorNaming;
import io.replaylinker.schemas.EventSummary;
import io.replaylinker.schemas.Id;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The replays whose recorders named an event among the errors that they sent. Kept apart by the project of the replay,
 * because anyone who learns an event's id can send a segment that names it.
 */
final class Namings {

    /** A recorder sends an error once. More namings are a sign of abuse, and the projects with smaller ids are kept. */
    static final int MAX_NAMINGS = 16;

    private final Rows rows;
    private final JoinSettings settings;
    private final Timers timers;
    private final Affiliations affiliations;

    private record Naming(long observer, Id replay) {}

    /**
     * The namings of an event.
     *
     * @param amount grows with each naming, whoever sent it, and with each organization that becomes known of their
     *     projects
     * @param all replays that name it, except those of other organizations, which confirm refuses by itself
     * @param replays those of them that are trusted, see {@link #of}
     */
    record Known(int amount, Set<Id> all, Set<Id> replays) {

        static final Known NOTHING = new Known(0, Set.of(), Set.of());
    }

    Namings(Rows rows, JoinSettings settings, Timers timers, Affiliations affiliations) {
        this.rows = rows;
        this.settings = settings;
        this.timers = timers;
        this.affiliations = affiliations;
    }

    /** Adds a naming and returns whether it is new. */
    boolean add(ErrorNaming naming) {
        byte[] key = Keys.of(Keys.SEEN, naming.getEventId());
        byte[] row = rows.get(key);
        long observer = Affiliations.observer(naming.getOrganizationId(), naming.getProjectId());
        List<Naming> all = new ArrayList<>(row == null ? List.of() : read(row));
        Naming added = new Naming(observer, naming.getReplayId());
        long expiryMs = timers.after(naming.getSeenMs(), settings.memory());
        if (all.contains(added)) {
            return false;
        }
        all.add(added);
        all.sort(Comparator.comparingLong((Naming some) -> Math.abs(some.observer()))
                .thenComparing(Naming::replay));
        if (all.size() > MAX_NAMINGS && all.remove(MAX_NAMINGS).equals(added)) {
            return false;
        }
        if (observer > 0) {
            affiliations.awaitOrganization(observer, key);
        }
        rows.put(key, bytes(row == null ? expiryMs : Math.max(expiryMs, expiryMs(row)), all));
        if (row == null) {
            timers.add(expiryMs, key);
        }
        return true;
    }

    /** The namings of the event. */
    Known find(EventSummary event) {
        List<Naming> all = all(rows, event);
        if (all.isEmpty()) {
            return Known.NOTHING;
        }
        long organization = event.getOrganizationId();
        Set<Id> notForeign = all.stream()
                .filter(naming ->
                        affiliations.matchObserver(organization, naming.observer()) != Affiliations.Match.FOREIGN)
                .map(Naming::replay)
                .collect(Collectors.toSet());
        return new Known(amount(all), notForeign, mayName(all, affiliations, event));
    }

    private int amount(List<Naming> all) {
        long placed = all.stream()
                .filter(naming -> affiliations.ofObserver(naming.observer()) != 0)
                .count();
        return all.size() + (int) placed + affiliations.organizations();
    }

    /**
     * The replays whose naming of the event is trusted: those of its own organization; where there are none, those of
     * projects of unknown organization.
     */
    static Set<Id> of(Rows rows, Affiliations affiliations, EventSummary event) {
        return mayName(all(rows, event), affiliations, event);
    }

    private static List<Naming> all(Rows rows, EventSummary event) {
        byte[] row = rows.get(Keys.of(Keys.SEEN, event.getEventId()));
        return row == null ? List.of() : read(row);
    }

    private static Set<Id> mayName(List<Naming> namings, Affiliations affiliations, EventSummary event) {
        Set<Id> own = new TreeSet<>();
        Set<Id> unknown = new TreeSet<>();
        for (Naming naming : namings) {
            switch (affiliations.matchObserver(event.getOrganizationId(), naming.observer())) {
                case SAME -> own.add(naming.replay());
                case UNKNOWN -> unknown.add(naming.replay());
                case FOREIGN -> {}
            }
        }
        return own.isEmpty() ? unknown : own;
    }

    void expire(byte[] key, byte[] row, long watermarkMs) {
        if (expiryMs(row) >= watermarkMs) {
            timers.add(expiryMs(row), key);
            return;
        }
        read(row).forEach(naming -> affiliations.forget(naming.observer(), key));
        rows.delete(key);
    }

    private static byte[] bytes(long expiryMs, List<Naming> namings) {
        ByteBuffer out = ByteBuffer.allocate(Long.BYTES + namings.size() * (Long.BYTES + IdBytes.BYTES))
                .putLong(expiryMs);
        namings.forEach(
                naming -> out.putLong(naming.observer()).put(naming.replay().bytes()));
        return out.array();
    }

    private static long expiryMs(byte[] row) {
        return ByteBuffer.wrap(row).getLong();
    }

    private static List<Naming> read(byte[] row) {
        ByteBuffer in = ByteBuffer.wrap(row).position(Long.BYTES);
        List<Naming> namings = new ArrayList<>();
        while (in.hasRemaining()) {
            namings.add(new Naming(in.getLong(), IdBytes.read(in)));
        }
        return namings;
    }
}
