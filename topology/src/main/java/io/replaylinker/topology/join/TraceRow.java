package io.replaylinker.topology.join;

import io.replaylinker.schemas.Id;
import io.replaylinker.schemas.TraceObservation;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * State of a trace in resolve, beside its spans: the visits that were observed on it, by observer. The order and
 * repetition of the observations change nothing.
 *
 * <p>Observers are kept apart because anyone who learns a trace's id can send anything about it. Observations by one
 * organization must neither add a replay for another one nor spoil its own. See {@link Affiliations#observer}.
 *
 * @param visits ordered, each once an observer
 * @param crowds observers that saw more visits or spans than are kept
 * @param sweepMs when rows of spans are next checked for expiry; {@link Long#MAX_VALUE} when there are none
 * @param scheduledMs time of the timer that is valid; earlier timers of the row are ignored
 */
record TraceRow(List<Visit> visits, List<Crowd> crowds, long sweepMs, long scheduledMs) {

    /**
     * No real trace has so many observers of a kind. Beyond that the projects and organizations with smaller ids are
     * kept.
     */
    static final int MAX_OBSERVERS = 16;

    private static final int MAX_NAMELESS = 2;

    private static final Comparator<Visit> ORDER = Comparator.comparingLong(Visit::observer)
            .thenComparingLong(Visit::root)
            .thenComparing(Visit::replay, Comparator.nullsFirst(Comparator.naturalOrder()));

    static final TraceRow NOTHING = new TraceRow(List.of(), List.of(), Long.MAX_VALUE, Long.MAX_VALUE);

    private static final int ID = 16;

    /**
     * A mark of an observer whose visits or spans exceed what is kept. A cached page gives its trace to every visitor;
     * of such a trace only this mark is kept.
     *
     * @param ofReplays replays are not kept either, because there were too many of them
     * @param ofSpans spans are not kept either, because there were too many of them
     */
    record Crowd(long observer, long keepUntilMs, boolean ofReplays, boolean ofSpans) {

        Crowd merge(Crowd other) {
            return new Crowd(
                    observer,
                    Math.max(keepUntilMs, other.keepUntilMs),
                    ofReplays || other.ofReplays,
                    ofSpans || other.ofSpans);
        }
    }

    static long observer(TraceObservation observation) {
        return Affiliations.observer(observation.getOrganizationId(), observation.getProjectId());
    }

    boolean isEmpty() {
        return visits.isEmpty() && crowds.isEmpty() && sweepMs == Long.MAX_VALUE;
    }

    @Nullable Visit find(Visit like) {
        for (Visit visit : visits) {
            if (visit.isSame(like)) {
                return visit;
            }
        }
        return null;
    }

    @Nullable Crowd crowd(long observer) {
        for (Crowd crowd : crowds) {
            if (crowd.observer() == observer) {
                return crowd;
            }
        }
        return null;
    }

    /** All observers whose observations are still in the row. */
    Set<Long> observers() {
        return LongStream.concat(
                        visits.stream().mapToLong(Visit::observer),
                        crowds.stream().mapToLong(Crowd::observer))
                .boxed()
                .collect(Collectors.toSet());
    }

    TraceRow withSweep(long atMs) {
        return new TraceRow(visits, crowds, atMs, scheduledMs);
    }

    TraceRow scheduled(long atMs) {
        return new TraceRow(visits, crowds, sweepMs, atMs);
    }

    /** The row with the visit added; equal to this row when that is nothing new. */
    TraceRow with(Visit seen, int maxVisits) {
        Crowd crowd = crowd(seen.observer());
        TraceRow row = crowd == null
                ? this
                : withCrowd(crowd.merge(new Crowd(seen.observer(), seen.keepUntilMs(), false, false)));
        if (crowd != null && (crowd.ofReplays() || seen.replay() == null)) {
            return row;
        }
        Visit before = row.find(seen);
        return before == null ? row.withNew(seen, maxVisits) : row.withMerged(before, before.merge(seen));
    }

    /** Whether every event is judged alike with either row. Of nameless page loads only the number counts. */
    boolean countsLike(TraceRow other) {
        if (visits.size() != other.visits.size() || !crowdsLike(other)) {
            return false;
        }
        List<Visit> some = named();
        List<Visit> others = other.named();
        boolean alike = some.size() == others.size();
        for (int i = 0; alike && i < some.size(); i++) {
            alike = some.get(i).isSame(others.get(i)) && some.get(i).countsLike(others.get(i));
        }
        // A single nameless page load belongs to the only visitor; of two or more only the number counts.
        return alike && (visits.size() - some.size() != 1 || visits.equals(other.visits));
    }

    private boolean crowdsLike(TraceRow other) {
        return crowds.size() == other.crowds.size()
                && crowds.stream()
                        .allMatch(crowd -> other.crowds.stream().anyMatch(like -> like.observer() == crowd.observer()));
    }

    private List<Visit> named() {
        return visits.stream().filter(visit -> !visit.isNameless()).toList();
    }

    /** Whether this page load named a replay to the same observer. */
    boolean namesReplay(long observer, long root) {
        for (Visit visit : visits) {
            if (visit.observer() == observer && visit.roots().contains(root)) {
                return true;
            }
        }
        return false;
    }

    /** Without the page load that was recorded as one that names no replay. */
    TraceRow withoutRoot(long observer, long root) {
        for (Visit visit : visits) {
            if (visit.replay() == null && visit.observer() == observer && visit.root() == root) {
                List<Visit> others = new ArrayList<>(visits);
                others.remove(visit);
                return new TraceRow(List.copyOf(others), crowds, sweepMs, scheduledMs);
            }
        }
        return this;
    }

    private TraceRow withMerged(Visit before, Visit merged) {
        if (merged.equals(before)) {
            return this;
        }
        List<Visit> changed = new ArrayList<>(visits);
        changed.set(changed.indexOf(before), merged);
        return new TraceRow(List.copyOf(changed), crowds, sweepMs, scheduledMs);
    }

    private TraceRow withNew(Visit seen, int maxVisits) {
        List<Visit> changed = new ArrayList<>(visits);
        changed.add(seen);
        dropNameless(changed, seen.observer());
        changed.sort(ORDER);
        TraceRow row = new TraceRow(List.copyOf(changed), crowds, sweepMs, scheduledMs);
        return changed.size() > maxVisits && countOf(changed, seen.observer()) > maxVisits
                ? row.crowded(new Crowd(seen.observer(), 0, false, false), maxVisits)
                : row.withoutStrangers(seen.observer());
    }

    private static long countOf(List<Visit> visits, long observer) {
        return visits.stream().filter(visit -> visit.observer() == observer).count();
    }

    /**
     * Drops nameless page loads that change nothing: it only matters whether there is one or several. The latest are
     * kept longest.
     */
    private static void dropNameless(List<Visit> visits, long observer) {
        if (visits.size() <= MAX_NAMELESS) {
            return;
        }
        List<Visit> nameless = visits.stream()
                .filter(visit -> visit.observer() == observer && visit.isNameless())
                .sorted(Comparator.comparingLong(Visit::keepUntilMs).thenComparingLong(Visit::root))
                .toList();
        nameless.stream().limit(Math.max(0, nameless.size() - MAX_NAMELESS)).forEach(visits::remove);
    }

    /**
     * Marks the observer's trace as shared, because it saw more than is kept. The mark is kept at least as long as its
     * visits. Replays stay, if they alone are not too many: an event may still name the user of one.
     */
    TraceRow crowded(Crowd added, int maxVisits) {
        List<Visit> ofObserver = visits.stream()
                .filter(visit -> visit.observer() == added.observer())
                .toList();
        long keepUntilMs = ofObserver.stream().mapToLong(Visit::keepUntilMs).reduce(added.keepUntilMs(), Math::max);
        List<Visit> left =
                ofObserver.stream().filter(visit -> visit.replay() != null).toList();
        Crowd before = crowd(added.observer());
        boolean tooMany = added.ofReplays() || left.size() > maxVisits;
        Crowd crowd = new Crowd(added.observer(), keepUntilMs, tooMany, added.ofSpans());
        List<Visit> kept = new ArrayList<>(without(added.observer()).visits());
        if (!tooMany) {
            kept.addAll(left);
        }
        kept.sort(ORDER);
        return new TraceRow(List.copyOf(kept), crowds, sweepMs, scheduledMs)
                .withCrowd(before == null ? crowd : before.merge(crowd));
    }

    private TraceRow withCrowd(Crowd crowd) {
        List<Crowd> changed = new ArrayList<>(crowds);
        changed.removeIf(other -> other.observer() == crowd.observer());
        changed.add(crowd);
        changed.sort(Comparator.comparingLong(Crowd::observer));
        return new TraceRow(visits, List.copyOf(changed), sweepMs, scheduledMs).withoutStrangers(crowd.observer());
    }

    private TraceRow without(long observer) {
        return new TraceRow(
                visits.stream().filter(visit -> visit.observer() != observer).toList(),
                crowds.stream().filter(crowd -> crowd.observer() != observer).toList(),
                sweepMs,
                scheduledMs);
    }

    /**
     * Removes observers beyond the limit. Ids grow with time, so those with smaller ids came before an abusive one. The
     * result does not depend on the order.
     */
    private TraceRow withoutStrangers(long added) {
        if (visits.size() + crowds.size() <= MAX_OBSERVERS) {
            return this;
        }
        boolean organization = added < 0;
        List<Long> observers = observers().stream()
                .filter(observer -> (observer < 0) == organization)
                .sorted(Comparator.comparingLong(Math::abs))
                .toList();
        return observers.size() <= MAX_OBSERVERS ? this : without(observers.get(MAX_OBSERVERS));
    }

    /** Without expired visits and marks. */
    TraceRow keptAt(long nowMs) {
        return new TraceRow(
                visits.stream().filter(visit -> visit.keepUntilMs() >= nowMs).toList(),
                crowds.stream().filter(crowd -> crowd.keepUntilMs() >= nowMs).toList(),
                sweepMs,
                scheduledMs);
    }

    /** Time of the first expiry. */
    long expiryMs() {
        long expiryMs = sweepMs;
        for (Visit visit : visits) {
            expiryMs = Math.min(expiryMs, visit.keepUntilMs());
        }
        for (Crowd crowd : crowds) {
            expiryMs = Math.min(expiryMs, crowd.keepUntilMs());
        }
        return expiryMs;
    }

    byte[] toBytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(160);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeLong(scheduledMs);
            out.writeLong(sweepMs);
            out.writeShort(visits.size());
            for (Visit visit : visits) {
                write(out, visit);
            }
            out.writeShort(crowds.size());
            for (Crowd crowd : crowds) {
                out.writeLong(crowd.observer());
                out.writeLong(crowd.keepUntilMs());
                out.writeBoolean(crowd.ofReplays());
                out.writeBoolean(crowd.ofSpans());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void write(DataOutputStream out, Visit visit) throws IOException {
        out.writeLong(visit.observer());
        out.writeLong(visit.root());
        out.writeByte((visit.replay() == null ? 0 : 1) | (visit.named() ? 2 : 0) | (visit.began() ? 4 : 0));
        writeNames(out, visit.roots());
        out.writeLong(visit.rootMs());
        if (visit.replay() != null) {
            out.write(visit.replay().bytes());
        }
        writeNames(out, visit.users());
        writeNames(out, visit.addresses());
        out.writeLong(visit.startedMs());
        out.writeLong(visit.lastSeenMs());
        out.writeLong(visit.keepUntilMs());
    }

    static void writeNames(DataOutputStream out, NavigableSet<Long> names) throws IOException {
        out.writeByte(names.size());
        for (long name : names) {
            out.writeLong(name);
        }
    }

    static TraceRow read(byte[] row) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(row))) {
            long scheduledMs = in.readLong();
            long sweepMs = in.readLong();
            List<Visit> visits = new ArrayList<>();
            for (int left = in.readShort(); left > 0; left--) {
                visits.add(readVisit(in));
            }
            List<Crowd> crowds = new ArrayList<>();
            for (int left = in.readShort(); left > 0; left--) {
                crowds.add(new Crowd(in.readLong(), in.readLong(), in.readBoolean(), in.readBoolean()));
            }
            return new TraceRow(List.copyOf(visits), List.copyOf(crowds), sweepMs, scheduledMs);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Visit readVisit(DataInputStream in) throws IOException {
        long observer = in.readLong();
        long root = in.readLong();
        int flags = in.readByte();
        NavigableSet<Long> roots = readNames(in);
        long rootMs = in.readLong();
        Id replay = (flags & 1) == 0 ? null : new Id(in.readNBytes(ID));
        return new Visit(
                observer,
                replay,
                root,
                (flags & 2) != 0,
                (flags & 4) != 0,
                roots,
                rootMs,
                readNames(in),
                readNames(in),
                in.readLong(),
                in.readLong(),
                in.readLong());
    }

    static NavigableSet<Long> readNames(DataInputStream in) throws IOException {
        NavigableSet<Long> names = new TreeSet<>();
        for (int left = in.readByte(); left > 0; left--) {
            names.add(in.readLong());
        }
        return names;
    }
}
