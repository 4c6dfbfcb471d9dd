package io.replaylinker.topology.join;

import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.schemas.BackendEvent;
import io.replaylinker.schemas.Claim;
import io.replaylinker.schemas.Id;
import io.replaylinker.schemas.Link;
import io.replaylinker.schemas.Method;
import io.replaylinker.schemas.ReplayLife;
import io.replaylinker.schemas.ReplaySegment;
import io.replaylinker.schemas.Sighting;
import io.replaylinker.schemas.Unlinked;
import io.replaylinker.schemas.UnlinkedReason;
import io.replaylinker.serdes.Ids;
import io.replaylinker.topology.claim.ClaimOddities;
import io.replaylinker.topology.claim.ClaimReader;
import io.replaylinker.topology.claim.ClaimSettings;
import io.replaylinker.topology.claim.SightingReader;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.stream.Stream;

/**
 * Both steps of the join on the heap. Resolved claims wait in a queue of their own, as in the topology, so that a test decides how
 * far confirm lags behind, and when what expires.
 */
final class HeapJoin {

    private static final long ROUND_EVERY_MS = Duration.ofMinutes(10).toMillis();

    private final ClaimReader reader = new ClaimReader(ClaimSettings.defaults(), ClaimOddities.NONE);
    private final Queue<Claim> resolved = new ArrayDeque<>();
    private final Words words = new Words();
    private final HeapRows resolverRows = new HeapRows();
    private final HeapRows confirmerRows = new HeapRows();
    private final List<HeapRows> deadlines = List.of(new HeapRows(), new HeapRows());
    private final KeyedJoin resolver;
    private final KeyedJoin confirmer;
    private final LinksTold links = new LinksTold();
    private final Map<String, UnlinkedReason> unlinked = new HashMap<>();
    private long replaySideMs;
    private long offset;

    HeapJoin(JoinSettings settings) {
        resolver = new Resolver(resolverRows, deadlines.get(0), settings, words);
        confirmer = new Confirmer(confirmerRows, deadlines.get(1), settings, words);
    }

    /** Brings one record from the sources to both steps. */
    void take(Arrival arrival) {
        if (arrival.record() instanceof BackendEvent event) {
            event(event, arrival.recordMs());
        } else if (arrival.record() instanceof ReplaySegment segment) {
            segment(segment, arrival.recordMs());
        } else {
            deletion((Arrival.Deletion) arrival.record(), arrival.recordMs());
        }
    }

    /** The same, and then once more as after a crash that lost nothing but the position. */
    void takeTwice(Arrival arrival) {
        long first = offset;
        take(arrival);
        offset = first;
        take(arrival);
    }

    private void event(BackendEvent event, long recordMs) {
        if (event.getOrganizationId() > 0) {
            resolver.onAffiliation(event.getProjectId(), event.getOrganizationId(), offset++);
            confirmer.onAffiliation(event.getProjectId(), event.getOrganizationId(), offset++);
        }
        Claim claim = reader.read(event, recordMs);
        if (claim == null) {
            return;
        }
        if (claim.getMethod() != Method.REPLAY_ID) {
            resolver.onClaim(claim, offset++);
            return;
        }
        Sighting witness = SightingReader.witness(claim);
        if (witness != null) {
            resolver.onSighting(witness, offset++);
        }
        confirmer.onClaim(claim, offset++);
    }

    private void segment(ReplaySegment segment, long recordMs) {
        Sighting sighting = Objects.requireNonNull(SightingReader.ofSegment(segment, recordMs));
        SightingReader.witnesses(segment, sighting).forEach(witness -> resolver.onSighting(witness, offset++));
        confirmer.onSighting(sighting, offset++);
        replaySideMs = Math.max(replaySideMs, sighting.getSeenMs());
    }

    private void deletion(Arrival.Deletion deletion, long recordMs) {
        Id event = Objects.requireNonNull(Ids.parse(deletion.event()));
        Tombstone tombstone = new Tombstone(deletion.project(), event, recordMs);
        resolver.onTombstone(tombstone, offset++);
        confirmer.onTombstone(tombstone, offset++);
    }

    /** Lets confirm take so many resolved claims, if there are any. */
    void pass(int claims) {
        for (int left = claims; left > 0 && !resolved.isEmpty(); left--) {
            confirmer.onClaim(resolved.remove(), offset++);
        }
    }

    void passAll() {
        pass(Integer.MAX_VALUE);
    }

    /** One look for what is due by the replay side's clock. */
    int expire(int atMost) {
        return Math.max(resolver.expire(replaySideMs, atMost), confirmer.expire(replaySideMs, atMost));
    }

    private void expireAll(int chunk) {
        for (int rounds = 0; expire(chunk) == chunk; rounds++) {
            assertThat(rounds).as("rounds of expiry that never ends").isLessThan(10_000);
        }
    }

    /** What was told before the last time is safe by now. */
    void settle() {
        resolver.settle();
        confirmer.settle();
    }

    /** Nothing comes from the replay side until then, and expiry goes on meanwhile. */
    void replaySideReaches(long ms, int chunk) {
        while (replaySideMs < ms) {
            replaySideMs = Math.min(
                    ms, Math.max(replaySideMs, ms - Duration.ofHours(10).toMillis()) + ROUND_EVERY_MS);
            expireAll(chunk);
            settle();
            settle();
        }
    }

    /** What holds by now. */
    Map<String, String> links() {
        return links.held();
    }

    /** Last reason that was told of each event. */
    Map<String, UnlinkedReason> reasons() {
        return unlinked;
    }

    /** Rows and deadlines left in both steps, but for the clock, which organizations there are, and whose a project is. */
    int rowsLeft() {
        return Stream.of(resolverRows, confirmerRows)
                        .mapToInt(HeapJoin::rowsLeft)
                        .sum()
                + deadlines.stream().mapToInt(HeapRows::size).sum();
    }

    private static int rowsLeft(HeapRows rows) {
        return rows.size()
                - Stream.of(Keys.CLOCK, Keys.PROJECT, Keys.ORGANIZATION)
                        .map(Keys::table)
                        .mapToInt(table -> rows.take(table, table, rows.size()).size())
                        .sum();
    }

    private final class Words implements JoinOutput {
        @Override
        public void resolved(Claim claim) {
            resolved.add(claim);
        }

        @Override
        public void link(Link link) {
            links.add(link);
        }

        @Override
        public void unlinked(Unlinked verdict) {
            unlinked.put(LinksTold.key(verdict.getEvent()), verdict.getReason());
        }

        @Override
        public void life(ReplayLife life) {}

        @Override
        public void unclaimed(UnlinkedReason reason) {}
    }
}
