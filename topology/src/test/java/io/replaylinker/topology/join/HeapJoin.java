package io.replaylinker.topology.join;

import io.replaylinker.schemas.BackendEvent;
import io.replaylinker.schemas.Claim;
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
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.TreeMap;

/**
 * Both steps of the join on the heap. Resolved claims wait in a queue of their own, as in the topology, so that a test decides how
 * far confirm lags behind.
 */
final class HeapJoin {

    private final ClaimReader reader = new ClaimReader(ClaimSettings.defaults(), ClaimOddities.NONE);
    private final Queue<Claim> resolved = new ArrayDeque<>();
    private final Words words = new Words();
    private final Resolver resolver;
    private final Confirmer confirmer;
    private final LinksTold links = new LinksTold();
    private final Map<String, UnlinkedReason> unlinked = new TreeMap<>();
    private long offset;

    HeapJoin(JoinSettings settings) {
        resolver = new Resolver(new HeapRows(), new HeapRows(), settings, words);
        confirmer = new Confirmer(new HeapRows(), new HeapRows(), settings, words);
    }

    void event(BackendEvent event) {
        if (event.getOrganizationId() > 0) {
            resolver.onAffiliation(event.getProjectId(), event.getOrganizationId(), offset++);
            confirmer.onAffiliation(event.getProjectId(), event.getOrganizationId(), offset++);
        }
        Claim claim = reader.read(event, event.getReceivedMs());
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

    void segment(ReplaySegment segment) {
        Sighting sighting = Objects.requireNonNull(SightingReader.ofSegment(segment, segment.getReceivedMs()));
        SightingReader.witnesses(segment, sighting).forEach(witness -> resolver.onSighting(witness, offset++));
        confirmer.onSighting(sighting, offset++);
    }

    /** Lets confirm take one resolved claim, if there is one. */
    void pass() {
        Claim claim = resolved.poll();
        if (claim != null) {
            confirmer.onClaim(claim, offset++);
        }
    }

    void close() {
        while (!resolved.isEmpty()) {
            pass();
        }
        resolver.expire(Long.MAX_VALUE, Integer.MAX_VALUE);
        confirmer.expire(Long.MAX_VALUE, Integer.MAX_VALUE);
    }

    /** What holds by now. */
    Map<String, String> links() {
        return links.held();
    }

    /** Last reason of each event that claimed a replay and has none by now. */
    Map<String, UnlinkedReason> unlinked() {
        Map<String, UnlinkedReason> left = new TreeMap<>(unlinked);
        left.keySet().removeAll(links().keySet());
        return left;
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
            unlinked.put(Ids.hex(verdict.getEvent().getEventId()), verdict.getReason());
        }

        @Override
        public void life(ReplayLife life) {}

        @Override
        public void unclaimed(UnlinkedReason reason) {}
    }
}
