package io.replaylinker.topology.join;

import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.schemas.BackendEvent;
import io.replaylinker.schemas.Claim;
import io.replaylinker.schemas.Link;
import io.replaylinker.schemas.ReplaySegment;
import io.replaylinker.schemas.ReplayState;
import io.replaylinker.schemas.Span;
import io.replaylinker.schemas.Unlinked;
import io.replaylinker.schemas.UnlinkedReason;
import io.replaylinker.serdes.Ids;
import io.replaylinker.topology.StepInputs;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;

/**
 * All steps of the join on the heap. Resolved claims wait in a queue of their own, as in the topology, so that a test decides how
 * far confirm lags behind, and when what expires.
 */
final class HeapJoin {

    private static final long ROUND_EVERY_MS = Duration.ofMinutes(10).toMillis();

    private final StepInputs inputs = new StepInputs(new Inputs());
    private final Queue<Claim> decided = new ArrayDeque<>();
    private final Queue<Claim> resolved = new ArrayDeque<>();
    private final Output output = new Output();
    private final List<Rows> rows = List.of(new Rows(), new Rows(), new Rows());
    private final KeyedJoin resolver;
    private final KeyedJoin chooser;
    private final KeyedJoin confirmer;
    private final EmittedLinks links = new EmittedLinks();
    private final Map<String, UnlinkedReason> unlinked = new HashMap<>();
    private long watermarkMs;

    HeapJoin(JoinSettings settings) {
        resolver = new Resolver(rows.get(0), settings, output);
        chooser = new Chooser(rows.get(1), settings, output);
        confirmer = new Confirmer(rows.get(2), settings, output);
    }

    /** Brings one record from the sources to all steps. */
    void take(Arrival arrival) {
        if (arrival.record() instanceof BackendEvent event) {
            inputs.event(event, arrival.recordMs());
        } else if (arrival.record() instanceof Span span) {
            inputs.span(span, arrival.recordMs());
        } else if (arrival.record() instanceof ReplaySegment segment) {
            watermarkMs = Math.max(watermarkMs, inputs.segment(segment, arrival.recordMs()));
        } else {
            Arrival.Deletion deletion = (Arrival.Deletion) arrival.record();
            inputs.deletion(
                    deletion.project(), Objects.requireNonNull(Ids.parse(deletion.event())), arrival.recordMs());
        }
    }

    /** Lets confirm take so many resolved claims, if there are any. */
    void pass(int claims) {
        decide(claims);
        for (int left = claims; left > 0 && !resolved.isEmpty(); left--) {
            confirmer.onClaim(resolved.remove());
        }
    }

    void passAll() {
        pass(Integer.MAX_VALUE);
    }

    private void decide(int verdicts) {
        for (int left = verdicts; left > 0 && !decided.isEmpty(); left--) {
            chooser.onClaim(decided.remove());
        }
    }

    /** One look for what is due by the replay side's clock. */
    int expire(int atMost) {
        int resolve = resolver.expire(watermarkMs, atMost);
        // Its clock is that of resolve, which it hears behind all that resolve decided.
        decide(Integer.MAX_VALUE);
        int choose = chooser.expire(watermarkMs, atMost);
        return Math.max(Math.max(resolve, choose), confirmer.expire(watermarkMs, atMost));
    }

    private void expireAll(int chunk) {
        for (int rounds = 0; expire(chunk) == chunk; rounds++) {
            assertThat(rounds).as("rounds of expiry that never ends").isLessThan(10_000);
        }
    }

    /** Nothing comes from the replay side until then, and expiry goes on meanwhile. */
    void replaySideReaches(long ms, int chunk) {
        while (watermarkMs < ms) {
            watermarkMs =
                    Math.min(ms, Math.max(watermarkMs, ms - Duration.ofHours(10).toMillis()) + ROUND_EVERY_MS);
            expireAll(chunk);
        }
    }

    /** What holds by now. */
    Map<String, String> links() {
        return links.held();
    }

    /** Last reason that was emitted for each event. */
    Map<String, UnlinkedReason> reasons() {
        return unlinked;
    }

    /** Rows left in all steps, and bytes of deadlines. */
    long rowsLeft() {
        return rows.stream().mapToLong(Rows::size).sum() + resolver.bytes() + chooser.bytes() + confirmer.bytes();
    }

    private void unlinked(Unlinked verdict) {
        unlinked.put(EmittedLinks.key(verdict.getEvent()), verdict.getReason());
    }

    private final class Inputs implements StepInputs.Sink {
        @Override
        public void accept(StepInputs.Step step, StepInputs.Input input) {
            KeyedJoin join =
                    switch (step) {
                        case RESOLVE -> resolver;
                        case CHOOSE -> chooser;
                        case CONFIRM -> confirmer;
                    };
            input.into(join);
        }

        @Override
        public void unlinked(Unlinked verdict) {
            HeapJoin.this.unlinked(verdict);
        }
    }

    private final class Output implements JoinOutput {
        @Override
        public void resolved(Claim claim) {
            resolved.add(claim);
        }

        @Override
        public void verdict(Claim claim) {
            decided.add(claim);
        }

        @Override
        public void link(Link link) {
            links.add(link);
        }

        @Override
        public void unlinked(Unlinked verdict) {
            HeapJoin.this.unlinked(verdict);
        }

        @Override
        public void replayState(ReplayState replayState) {}

        @Override
        public void unclaimed(UnlinkedReason reason) {}
    }
}
