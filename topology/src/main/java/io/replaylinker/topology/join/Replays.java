package io.replaylinker.topology.join;

import io.replaylinker.schemas.Id;
import io.replaylinker.schemas.ReplayObservation;
import io.replaylinker.serdes.LruCache;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The replays in confirm: adds the observations of their segments, and emits their states. */
final class Replays {

    /** The state of a continuing replay is re-emitted at most this often. */
    static final Duration STATE_INTERVAL = Duration.ofSeconds(30);

    private final Rows rows;
    private final JoinSettings settings;
    private final Timers timers;
    private final Affiliations affiliations;
    private final JoinOutput output;
    private final LruCache<Id, ReplayRow> replays = new LruCache<>(Keys.MOST_IN_MEMORY);

    Replays(Rows rows, JoinSettings settings, Timers timers, Affiliations affiliations, JoinOutput output) {
        this.rows = rows;
        this.settings = settings;
        this.timers = timers;
        this.affiliations = affiliations;
        this.output = output;
    }

    ReplayRow find(Id id) {
        ReplayRow row = replays.get(id, missing -> {
            byte[] value = rows.get(Keys.of(Keys.SEEN, missing));
            return value == null ? null : ReplayRow.read(value);
        });
        return row == null ? ReplayRow.unseen() : row;
    }

    /** Adds an observation and returns whether it changed something for the events of its replay. */
    boolean add(ReplayObservation observation) {
        Id id = observation.getReplayId();
        byte[] key = Keys.of(Keys.SEEN, id);
        ReplayRow before = find(id);
        long keepUntilMs = timers.after(observation.getSeenMs(), settings.memory());
        ReplayRow row = before.with(observation, keepUntilMs);
        if (row.equals(before)) {
            return false;
        }
        long project = observation.getProjectId();
        ReplayView view = Objects.requireNonNull(row.view(project));
        if (view.organization() == 0 && before.view(project) == null) {
            affiliations.awaitOrganization(project, key);
        }
        put(id, key, emitState(id, row, view, before.view(project)));
        if (before.isUnseen()) {
            timers.add(keepUntilMs, key);
        }
        boolean reachesOutsider = view.lastSeenMs() + settings.traceTolerance().toMillis() >= before.nextOutsiderMs();
        return reachesOutsider || view.changesLinksSince(before.view(project));
    }

    /** Resets the outsiders, because all events of the replay are judged again. */
    void startOutsiders(Id id) {
        ReplayRow row = find(id);
        if (row.nextOutsiderMs() != Long.MAX_VALUE) {
            put(id, row.withNextOutsider(Long.MAX_VALUE));
        }
    }

    /** Notes an event that is linked out of session. It is judged again if the replay continues up to its time. */
    void addOutsider(Id id, long eventMs) {
        ReplayRow row = find(id);
        // Views of any project count: another project's segments may be later than all of those that count for this
        // event.
        boolean mayBeReached = row.views().stream().anyMatch(view -> eventMs > view.deviceMs());
        if (mayBeReached && eventMs < row.nextOutsiderMs()) {
            put(id, row.withNextOutsider(eventMs));
        }
    }

    /**
     * Adds an event that only its trace ties to the replay.
     *
     * @return whether the trace may show from now on that others were on it
     */
    boolean addExtent(Id id, Extent added) {
        ReplayRow row = find(id);
        ReplayRow next = row.isUnseen() ? row : row.with(added);
        if (next.equals(row)) {
            return false;
        }
        put(id, next);
        return endsPassed(next, added) != endsPassed(row, added);
    }

    /**
     * Removes what a trace showed of others.
     *
     * @return whether it had shown anything
     */
    boolean forgetExtent(Id id, Extent like) {
        ReplayRow row = find(id);
        ReplayRow next = row.without(like);
        if (next.equals(row)) {
            return false;
        }
        put(id, next);
        return true;
    }

    /**
     * How many ends of the replay, in the views of its projects, lie within the extent. One more may change the
     * verdict.
     */
    private long endsPassed(ReplayRow row, Extent like) {
        Extent extent = row.extent(like);
        long toleranceMs = settings.traceTolerance().toMillis();
        return extent == null
                ? 0
                : row.views().stream()
                        .mapToLong(view -> extent.endsPassed(view, toleranceMs))
                        .sum();
    }

    /** Emits the state of a replay whose project's organization became known. */
    void emitState(Id id, long project) {
        ReplayView view = find(id).view(project);
        if (view != null) {
            emitState(id, view);
        }
    }

    /** Removes the replay if its last observation is older than the memory. */
    void expire(byte[] key, long watermarkMs) {
        Id id = Keys.id(key);
        ReplayRow row = find(id);
        if (row.expiryMs() >= watermarkMs) {
            timers.add(row.expiryMs(), key);
            return;
        }
        if (row.emittedLastSeenMs() != row.lastSeenMs()) {
            row.views().forEach(view -> emitState(id, view));
        }
        row.views().forEach(view -> affiliations.forget(view.description().project(), key));
        rows.delete(key);
        replays.remove(id);
    }

    private ReplayRow emitState(Id id, ReplayRow row, ReplayView view, @Nullable ReplayView before) {
        boolean changed = before == null
                || view.archived() != before.archived()
                || view.lastSeenMs() - row.emittedLastSeenMs() >= STATE_INTERVAL.toMillis();
        if (!changed) {
            return row;
        }
        emitState(id, view);
        return row.withEmittedLastSeen(view.lastSeenMs());
    }

    private void emitState(Id id, ReplayView view) {
        output.replayState(view.toReplayState(id, Judgement.organization(view, affiliations)));
    }

    private void put(Id id, ReplayRow row) {
        put(id, Keys.of(Keys.SEEN, id), row);
    }

    private void put(Id id, byte[] key, ReplayRow row) {
        rows.put(key, row.toBytes());
        replays.put(id, row);
    }
}
