package io.replaylinker.topology.join;

import io.replaylinker.schemas.Id;
import io.replaylinker.schemas.ReplayObservation;
import io.replaylinker.schemas.ReplayState;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.NavigableSet;
import org.jspecify.annotations.Nullable;

/**
 * Observations of a replay by the segments of one project. Fields are merged by minimum, maximum or disjunction. The
 * description comes from the smallest segment. So the order and repetition of the segments change nothing.
 *
 * @param proven a segment was seen, not just an archive request
 * @param smallestSegment number of the segment that the description comes from; unknown numbers count as the largest
 * @param firstSeenMs smallest server receive time of an observation
 * @param deviceMs latest end of a segment by the recording device's clock
 * @param driftMs smallest time from the end of a segment, by the device's clock, to its receipt: the clock is behind by
 *     this much, or the upload was late
 * @param users keyed hashes of the users that it named
 * @param addresses keyed hashes of the network addresses that it named
 */
record ReplayView(
        boolean proven,
        boolean archived,
        long organization,
        int smallestSegment,
        Description description,
        int lastSegment,
        long startedMs,
        long firstSeenMs,
        long lastSeenMs,
        long deviceMs,
        long driftMs,
        NavigableSet<Long> users,
        NavigableSet<Long> addresses) {

    private static final String BUFFER = "buffer";

    /** What a segment states about the whole replay. */
    record Description(
            long project,
            int retentionDays,
            @Nullable String type,
            @Nullable String platform,
            @Nullable String release,
            @Nullable String environment) {}

    static ReplayView of(ReplayObservation observation) {
        return new ReplayView(
                observation.getProof(),
                observation.getArchived(),
                observation.getOrganizationId(),
                observation.getSegmentId() < 0 ? Integer.MAX_VALUE : observation.getSegmentId(),
                new Description(
                        observation.getProjectId(),
                        observation.getRetentionDays(),
                        observation.getReplayType(),
                        observation.getPlatform(),
                        observation.getRelease(),
                        observation.getEnvironment()),
                observation.getSegmentId(),
                observation.getStartedMs(),
                observation.getSeenMs(),
                observation.getSeenMs(),
                device(observation),
                observation.getSeenMs() - device(observation),
                Visit.set(observation.getUser()),
                Visit.set(observation.getAddress()));
    }

    private static long device(ReplayObservation observation) {
        return observation.getDeviceMs() == 0 ? observation.getSeenMs() : observation.getDeviceMs();
    }

    ReplayView merge(ReplayView other) {
        boolean theirs = other.smallestSegment < smallestSegment
                || (other.smallestSegment == smallestSegment && other.description.project() < description.project());
        return new ReplayView(
                proven || other.proven,
                archived || other.archived,
                organization == 0 || (other.organization != 0 && other.organization < organization)
                        ? other.organization
                        : organization,
                Math.min(smallestSegment, other.smallestSegment),
                theirs ? other.description : description,
                Math.max(lastSegment, other.lastSegment),
                Math.min(startedMs, other.startedMs),
                Math.min(firstSeenMs, other.firstSeenMs),
                Math.max(lastSeenMs, other.lastSeenMs),
                Math.max(deviceMs, other.deviceMs),
                Math.min(driftMs, other.driftMs),
                Visit.union(users, other.users),
                Visit.union(addresses, other.addresses));
    }

    /** Whether a link emitted before differs now, other than because the replay continued. */
    boolean changesLinksSince(@Nullable ReplayView before) {
        return before == null
                || proven != before.proven
                || archived != before.archived
                || organization != before.organization
                || smallestSegment != before.smallestSegment
                || description.project() != before.description.project()
                || description.retentionDays() != before.description.retentionDays()
                || startedMs != before.startedMs
                || firstSeenMs != before.firstSeenMs
                || driftMs != before.driftMs
                || !users.equals(before.users)
                || !addresses.equals(before.addresses);
    }

    /**
     * Whether a moment lies within the replay, or within the tolerance of it. An event of the recording device has the
     * same clock as the replay's times. A server's event is compared with the receive time of the replay, so the start
     * is moved by the delay of the device's clock.
     */
    boolean lies(long momentMs, long toleranceMs) {
        return (momentMs >= startedMs - toleranceMs && momentMs <= deviceMs + toleranceMs)
                || (momentMs >= startedMs + driftMs - toleranceMs && momentMs <= lastSeenMs + toleranceMs);
    }

    /** Latest moment that lies within the replay, epoch milliseconds. */
    long endedMs() {
        return Math.max(deviceMs, lastSeenMs);
    }

    /** Whether it is a buffered recording, which reaches back for a minute only, though its page was open before. */
    boolean isBuffered() {
        return BUFFER.equals(description.type());
    }

    /**
     * Whether an event's user contradicts the replay's: different users, or where one side names none, different
     * addresses.
     */
    boolean contradicts(@Nullable Long user, @Nullable Long address) {
        if (user != null && !users.isEmpty()) {
            return !users.contains(user);
        }
        return address != null && !addresses.isEmpty() && !addresses.contains(address);
    }

    ReplayState toReplayState(Id replay, long knownOrganization) {
        ReplayState replayState = new ReplayState();
        replayState.setReplayId(replay);
        replayState.setOrganizationId(knownOrganization);
        replayState.setProjectId(description.project());
        replayState.setStartedMs(startedMs);
        replayState.setLastSeenMs(lastSeenMs);
        replayState.setLastSegmentId(lastSegment);
        replayState.setRetentionDays(description.retentionDays());
        replayState.setArchived(archived);
        replayState.setReplayType(description.type());
        replayState.setPlatform(description.platform());
        replayState.setRelease(description.release());
        replayState.setEnvironment(description.environment());
        replayState.setVersion(Math.max(1, lastSeenMs));
        return replayState;
    }

    void write(DataOutputStream out) throws IOException {
        out.writeBoolean(proven);
        out.writeBoolean(archived);
        out.writeLong(organization);
        out.writeInt(smallestSegment);
        out.writeInt(lastSegment);
        out.writeLong(startedMs);
        out.writeLong(firstSeenMs);
        out.writeLong(lastSeenMs);
        out.writeLong(deviceMs);
        out.writeLong(driftMs);
        TraceRow.writeNames(out, users);
        TraceRow.writeNames(out, addresses);
        out.writeLong(description.project());
        out.writeInt(description.retentionDays());
        write(out, description.type());
        write(out, description.platform());
        write(out, description.release());
        write(out, description.environment());
    }

    static ReplayView read(DataInputStream in) throws IOException {
        boolean proven = in.readBoolean();
        boolean archived = in.readBoolean();
        long organization = in.readLong();
        int smallestSegment = in.readInt();
        int lastSegment = in.readInt();
        long startedMs = in.readLong();
        long firstSeenMs = in.readLong();
        long lastSeenMs = in.readLong();
        long deviceMs = in.readLong();
        long driftMs = in.readLong();
        NavigableSet<Long> users = TraceRow.readNames(in);
        NavigableSet<Long> addresses = TraceRow.readNames(in);
        Description description = new Description(in.readLong(), in.readInt(), text(in), text(in), text(in), text(in));
        return new ReplayView(
                proven,
                archived,
                organization,
                smallestSegment,
                description,
                lastSegment,
                startedMs,
                firstSeenMs,
                lastSeenMs,
                deviceMs,
                driftMs,
                users,
                addresses);
    }

    /** Not writeUTF: it throws at 64 KB, and the input of a browser must not stop the worker. */
    private static void write(DataOutputStream out, @Nullable String text) throws IOException {
        if (text == null) {
            out.writeInt(-1);
            return;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static @Nullable String text(DataInputStream in) throws IOException {
        int length = in.readInt();
        return length < 0 ? null : new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }
}
