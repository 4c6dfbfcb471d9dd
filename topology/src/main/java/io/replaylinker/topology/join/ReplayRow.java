package io.replaylinker.topology.join;

import io.replaylinker.schemas.Sighting;
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
 * What confirm keeps of a replay: a view for each project whose segments name it, nearly always one. Apart, because whoever
 * learns a replay's id can send segments of it to a project of his own, and must not change what the others see.
 *
 * @param views by ascending project
 * @param offset of the input that last changed the row: an input that comes again with it was cut off by a crash
 * @param lifeToldMs last-seen time of the life told last
 * @param hasOutsiders some link is out of session and may come into it when the replay goes on
 */
record ReplayRow(List<ReplayView> views, long offset, long lifeToldMs, boolean hasOutsiders) {

    /** No real replay is sent to so many projects; beyond it somebody plays, and is not listened to. */
    static final int MAX_VIEWS = 16;

    private static final byte VERSION = 1;
    private static final ReplayRow UNSEEN = new ReplayRow(List.of(), -1, 0, false);

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

    /** With what the sighting tells; the very same row when that is nothing new. */
    ReplayRow with(Sighting sighting, long sightingOffset) {
        ReplayView told = ReplayView.of(sighting);
        ReplayView before = view(sighting.getProjectId());
        ReplayView after = before == null ? told : before.merge(told);
        if (after.equals(before) || (before == null && views.size() >= MAX_VIEWS)) {
            return this;
        }
        List<ReplayView> changed = new ArrayList<>(views);
        changed.remove(before);
        changed.add(after);
        changed.sort(Comparator.comparingLong(view -> view.description().project()));
        return new ReplayRow(List.copyOf(changed), sightingOffset, lifeToldMs, hasOutsiders);
    }

    ReplayRow withOutsiders() {
        return new ReplayRow(views, offset, lifeToldMs, true);
    }

    ReplayRow withLifeTold(long toldMs) {
        return new ReplayRow(views, offset, toldMs, hasOutsiders);
    }

    /** Largest server receive time in any view, epoch milliseconds. */
    long lastSeenMs() {
        return views.stream().mapToLong(ReplayView::lastSeenMs).max().orElse(0);
    }

    byte[] toBytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(128);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeLong(offset);
            out.writeLong(lifeToldMs);
            out.writeBoolean(hasOutsiders);
            out.writeByte(views.size());
            for (ReplayView view : views) {
                view.write(out);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static ReplayRow read(byte[] bytes) {
        Versions.check(bytes, VERSION);
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes, 1, bytes.length - 1))) {
            long offset = in.readLong();
            long lifeToldMs = in.readLong();
            boolean hasOutsiders = in.readBoolean();
            List<ReplayView> views = new ArrayList<>();
            for (int left = in.readByte(); left > 0; left--) {
                views.add(ReplayView.read(in));
            }
            return new ReplayRow(views, offset, lifeToldMs, hasOutsiders);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
