package io.replaylinker.topology.join;

import io.replaylinker.schemas.Id;
import io.replaylinker.schemas.ReplayObservation;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * State of a replay in confirm: a view for each project whose segments name it, nearly always one. The views are kept
 * apart because anyone who learns a replay's id can send segments of it to a project of their own, and must not change
 * what other projects see.
 *
 * @param expiryMs how long it is remembered if nothing more comes
 * @param views by ascending project
 * @param emittedLastSeenMs last-seen time of the replay state that was emitted last
 * @param nextOutsiderMs time of the nearest event that is linked out of session and comes into it when the replay
 *     reaches it; {@link Long#MAX_VALUE} for none
 * @param extentChanges how often the extents have changed, also where they show less again
 * @param extents of the traces whose events have nothing else that ties them to the replay, by ascending trace and
 *     organization
 */
record ReplayRow(
        long expiryMs,
        List<ReplayView> views,
        long emittedLastSeenMs,
        long nextOutsiderMs,
        int extentChanges,
        List<Extent> extents) {

    /** A visit has one trace for each page. Of a visit with more, those with the smaller ids are watched. */
    static final int MAX_EXTENTS = 64;

    /**
     * No real replay is sent to so many projects. More are a sign of abuse, and the projects with smaller ids are kept.
     */
    static final int MAX_VIEWS = 9;

    private static final int ID = 16;
    private static final ReplayRow UNSEEN = new ReplayRow(0, List.of(), 0, Long.MAX_VALUE, 0, List.of());

    static ReplayRow unseen() {
        return UNSEEN;
    }

    boolean isUnseen() {
        return views.isEmpty();
    }

    @Nullable ReplayView view(long project) {
        for (ReplayView view : views) {
            if (view.description().project() == project) {
                return view;
            }
        }
        return null;
    }

    /** The row with the observation added; the same instance when that is nothing new. */
    ReplayRow with(ReplayObservation observation, long keepUntilMs) {
        ReplayView observed = ReplayView.of(observation);
        ReplayView before = view(observation.getProjectId());
        ReplayView after = before == null ? observed : before.merge(observed);
        if (after.equals(before)) {
            return this;
        }
        List<ReplayView> changed = new ArrayList<>(views);
        changed.remove(before);
        changed.add(after);
        changed.sort(Comparator.comparingLong(view -> view.description().project()));
        if (changed.size() > MAX_VIEWS && changed.remove(MAX_VIEWS).equals(after)) {
            return this;
        }
        return new ReplayRow(
                Math.max(expiryMs, keepUntilMs),
                List.copyOf(changed),
                emittedLastSeenMs,
                nextOutsiderMs,
                extentChanges,
                extents);
    }

    ReplayRow withNextOutsider(long outsiderMs) {
        return new ReplayRow(expiryMs, views, emittedLastSeenMs, outsiderMs, extentChanges, extents);
    }

    ReplayRow withEmittedLastSeen(long lastSeenMs) {
        return new ReplayRow(expiryMs, views, lastSeenMs, nextOutsiderMs, extentChanges, extents);
    }

    ReplayRow withExtents(List<Extent> changed) {
        return new ReplayRow(
                expiryMs, views, emittedLastSeenMs, nextOutsiderMs, extentChanges + 1, List.copyOf(changed));
    }

    /** The row with an event of a trace added; the same instance when that is nothing new. */
    ReplayRow with(Extent added) {
        Extent before = extent(added);
        Extent after = before == null ? added : before.merge(added);
        if (after.equals(before)) {
            return this;
        }
        List<Extent> changed = new ArrayList<>(extents);
        changed.remove(before);
        changed.add(after);
        changed.sort(Comparator.comparing(Extent::trace).thenComparingLong(Extent::organization));
        return changed.size() > MAX_EXTENTS && changed.remove(MAX_EXTENTS).equals(after) ? this : withExtents(changed);
    }

    /** The row without the extent of the same trace and organization; the same instance when there is none. */
    ReplayRow without(Extent like) {
        return extent(like) == null
                ? this
                : withExtents(
                        extents.stream().filter(extent -> !extent.isSame(like)).toList());
    }

    /** The extent of the same trace and organization; null for none. */
    @Nullable Extent extent(Extent like) {
        for (Extent extent : extents) {
            if (extent.isSame(like)) {
                return extent;
            }
        }
        return null;
    }

    /** Largest server receive time in any view, epoch milliseconds. */
    long lastSeenMs() {
        return views.stream().mapToLong(ReplayView::lastSeenMs).max().orElse(0);
    }

    byte[] toBytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(160);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeLong(expiryMs);
            out.writeLong(emittedLastSeenMs);
            out.writeLong(nextOutsiderMs);
            out.writeInt(extentChanges);
            out.writeByte(views.size());
            for (ReplayView view : views) {
                view.write(out);
            }
            for (Extent extent : extents) {
                out.write(extent.trace().bytes());
                out.writeLong(extent.organization());
                out.writeLong(extent.firstMs());
                out.writeLong(extent.lastMs());
                TraceRow.writeNames(out, extent.users());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static ReplayRow read(byte[] row) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(row))) {
            long expiryMs = in.readLong();
            long emittedLastSeenMs = in.readLong();
            long nextOutsiderMs = in.readLong();
            int extentChanges = in.readInt();
            List<ReplayView> views = new ArrayList<>();
            for (int left = in.readByte(); left > 0; left--) {
                views.add(ReplayView.read(in));
            }
            List<Extent> extents = new ArrayList<>();
            while (in.available() > 0) {
                extents.add(new Extent(
                        new Id(in.readNBytes(ID)),
                        in.readLong(),
                        in.readLong(),
                        in.readLong(),
                        TraceRow.readNames(in)));
            }
            return new ReplayRow(
                    expiryMs,
                    List.copyOf(views),
                    emittedLastSeenMs,
                    nextOutsiderMs,
                    extentChanges,
                    List.copyOf(extents));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
