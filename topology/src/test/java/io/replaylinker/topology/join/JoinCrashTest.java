package io.replaylinker.topology.join;

import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.schemas.BackendEvent;
import io.replaylinker.schemas.Claim;
import io.replaylinker.schemas.Link;
import io.replaylinker.schemas.Method;
import io.replaylinker.schemas.ReplaySegment;
import io.replaylinker.schemas.Sighting;
import io.replaylinker.topology.claim.ClaimOddities;
import io.replaylinker.topology.claim.ClaimReader;
import io.replaylinker.topology.claim.ClaimSettings;
import io.replaylinker.topology.claim.SightingReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * At-least-once processing with crashes at random points, after which rows, outputs and positions do not fit together, gives the
 * links that a full look at the history gives. A failure prints the seed; {@code -Dseed=N} runs that one alone, {@code -Dhistories=N} more or fewer.
 */
class JoinCrashTest {

    private static final int HISTORIES = Integer.getInteger("histories", 5_000);
    private static final JoinSettings SETTINGS = JoinSettings.defaults();

    private final ClaimReader reader = new ClaimReader(ClaimSettings.defaults(), ClaimOddities.NONE);

    @Test
    void shouldGiveWhatAFullLookGivesThroughCrashes() {
        Long only = Long.getLong("seed");
        long first = only != null ? only : System.nanoTime();
        for (long seed = first; seed < first + (only != null ? 1 : HISTORIES); seed++) {
            check(seed);
        }
    }

    private void check(long seed) {
        Random random = new Random(seed);
        List<Object> history = Histories.history(random);
        Oracle oracle = new Oracle(history);
        Collections.shuffle(history, random);
        List<Object> byTrace = new ArrayList<>();
        List<Object> byReplay = new ArrayList<>();
        history.forEach(record -> route(record, byTrace, byReplay));
        CrashingTask resolve =
                new CrashingTask((rows, out) -> new Resolver(rows, new HeapRows(), SETTINGS, out), List.of(byTrace));
        CrashingTask confirm = new CrashingTask(
                (rows, out) -> new Confirmer(rows, new HeapRows(), SETTINGS, out),
                List.of(byReplay, resolve.outputs()));
        int resolvedRead = 0;
        for (int crashesLeft = 6; !resolve.isThrough() || !confirm.isThrough(); ) {
            CrashingTask task = random.nextBoolean() ? resolve : confirm;
            task.step(random);
            resolvedRead = Math.max(resolvedRead, confirm.position(1));
            if (random.nextInt(6) == 0) {
                task.commit();
            } else if (crashesLeft > 0 && random.nextInt(12) == 0) {
                crashesLeft--;
                task.crash(random, task == resolve ? resolvedRead : 0);
            }
        }

        LinksTold told = new LinksTold();
        confirm.outputs().forEach(link -> told.add((Link) link));
        assertThat(told.held()).as("links, seed %d", seed).isEqualTo(oracle.links());
    }

    private void route(Object record, List<Object> byTrace, List<Object> byReplay) {
        if (record instanceof ReplaySegment segment) {
            Sighting sighting = Objects.requireNonNull(SightingReader.ofSegment(segment, segment.getReceivedMs()));
            byTrace.addAll(SightingReader.witnesses(segment, sighting));
            byReplay.add(sighting);
            return;
        }
        BackendEvent event = (BackendEvent) record;
        CrashingTask.Affiliation affiliation =
                new CrashingTask.Affiliation(event.getProjectId(), event.getOrganizationId());
        byTrace.add(affiliation);
        byReplay.add(affiliation);
        Claim claim = reader.read(event, event.getReceivedMs());
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
}
