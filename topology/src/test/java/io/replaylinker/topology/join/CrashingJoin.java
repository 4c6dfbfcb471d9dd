package io.replaylinker.topology.join;

import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.schemas.BackendEvent;
import io.replaylinker.schemas.Claim;
import io.replaylinker.schemas.Id;
import io.replaylinker.schemas.Link;
import io.replaylinker.schemas.Method;
import io.replaylinker.schemas.ReplaySegment;
import io.replaylinker.schemas.Sighting;
import io.replaylinker.schemas.UnlinkedReason;
import io.replaylinker.serdes.Ids;
import io.replaylinker.topology.claim.ClaimOddities;
import io.replaylinker.topology.claim.ClaimReader;
import io.replaylinker.topology.claim.ClaimSettings;
import io.replaylinker.topology.claim.SightingReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Both steps of the join as two tasks that go on, commit and crash each by itself. */
final class CrashingJoin {

    private static final int CHUNK = 3;
    /** What was told is closed when two commits made it safe. */
    private static final int ROUNDS = 4;

    private final ClaimReader reader = new ClaimReader(ClaimSettings.defaults(), ClaimOddities.NONE);
    private final List<Object> byTrace = new ArrayList<>();
    private final List<Object> byReplay = new ArrayList<>();
    private final CrashingTask resolve;
    private final CrashingTask confirm;
    private final Whims whims;
    private int resolvedRead;

    CrashingJoin(JoinSettings settings, Whims whims) {
        this.whims = whims;
        resolve = new CrashingTask((rows, out) -> new Resolver(rows, new HeapRows(), settings, out), List.of(byTrace));
        confirm = new CrashingTask(
                (rows, out) -> new Confirmer(rows, new HeapRows(), settings, out),
                List.of(byReplay, resolve.outputs()));
    }

    /** Writes a record to the topics that the steps read. */
    void add(Arrival arrival) {
        if (arrival.record() instanceof BackendEvent event) {
            add(event, arrival.recordMs());
        } else if (arrival.record() instanceof ReplaySegment segment) {
            Sighting sighting = Objects.requireNonNull(SightingReader.ofSegment(segment, arrival.recordMs()));
            byTrace.addAll(SightingReader.witnesses(segment, sighting));
            byReplay.add(sighting);
            addToBoth(new CrashingTask.Tick(sighting.getSeenMs()));
        } else {
            Arrival.Deletion deletion = (Arrival.Deletion) arrival.record();
            Id event = Objects.requireNonNull(Ids.parse(deletion.event()));
            addToBoth(new Tombstone(deletion.project(), event, arrival.recordMs()));
        }
    }

    private void add(BackendEvent event, long recordMs) {
        if (event.getOrganizationId() > 0) {
            addToBoth(new CrashingTask.Affiliation(event.getProjectId(), event.getOrganizationId()));
        }
        Claim claim = reader.read(event, recordMs);
        if (claim == null) {
            return;
        }
        if (claim.getMethod() != Method.REPLAY_ID) {
            byTrace.add(claim);
            return;
        }
        Sighting witness = SightingReader.witness(claim);
        if (witness != null) {
            byTrace.add(witness);
        }
        byReplay.add(claim);
    }

    private void addToBoth(Object input) {
        byTrace.add(input);
        byReplay.add(input);
    }

    /** Reads everything, with up to so many crashes. */
    void runThrough(int crashes) {
        for (int left = crashes; !resolve.isThrough() || !confirm.isThrough(); ) {
            boolean first = !resolve.isThrough() && (confirm.isThrough() || whims.next(2) == 0);
            CrashingTask task = first ? resolve : confirm;
            task.step(whims);
            resolvedRead = Math.max(resolvedRead, confirm.position(1));
            int whim = whims.next(24);
            if (whim > 20) {
                task.commit();
            } else if (whim > 16) {
                task.expire(CHUNK);
            } else if (whim > 14 && left > 0) {
                left--;
                task.crash(whims, task == resolve ? resolvedRead : 0);
            }
        }
    }

    /** Nothing comes from the replay side until then, and both steps have the time to close what waited. */
    void replaySideReaches(long ms) {
        addToBoth(new CrashingTask.Tick(ms));
        runThrough(1);
        for (CrashingTask task : List.of(resolve, confirm)) {
            for (int round = 0; round < ROUNDS; round++) {
                expireAll(task);
                task.commit();
            }
        }
    }

    private static void expireAll(CrashingTask task) {
        for (int rounds = 0; task.expire(CHUNK) == CHUNK; rounds++) {
            assertThat(rounds).as("rounds of expiry that never ends").isLessThan(10_000);
        }
    }

    /** What holds by now. */
    Map<String, String> links() {
        LinksTold told = new LinksTold();
        confirm.outputs().forEach(link -> told.add((Link) link));
        return told.held();
    }

    /** A reason that was told of each event, that of confirm if both did. */
    Map<String, UnlinkedReason> reasons() {
        Map<String, UnlinkedReason> reasons = new HashMap<>();
        resolve.verdicts().forEach(told -> reasons.put(LinksTold.key(told.getEvent()), told.getReason()));
        confirm.verdicts().forEach(told -> reasons.put(LinksTold.key(told.getEvent()), told.getReason()));
        return reasons;
    }
}
