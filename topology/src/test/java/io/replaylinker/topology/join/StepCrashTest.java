package io.replaylinker.topology.join;

import static io.replaylinker.topology.Samples.at;
import static io.replaylinker.topology.Samples.call;
import static io.replaylinker.topology.Samples.error;
import static io.replaylinker.topology.Samples.flagged;
import static io.replaylinker.topology.Samples.frontend;
import static io.replaylinker.topology.Samples.id;
import static io.replaylinker.topology.Samples.page;
import static io.replaylinker.topology.Samples.segment;
import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.schemas.BackendEvent;
import io.replaylinker.schemas.Claim;
import io.replaylinker.schemas.Link;
import io.replaylinker.schemas.ReplayLife;
import io.replaylinker.schemas.ReplaySegment;
import io.replaylinker.schemas.Unlinked;
import io.replaylinker.schemas.UnlinkedReason;
import io.replaylinker.serdes.Ids;
import io.replaylinker.topology.StepInputs;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** One step of the join that crashed, of which the rows survive and not what it told, or the other way round. */
class StepCrashTest {

    private static final int REPLAY = 0xa;
    private static final int OTHER_REPLAY = 0xb;
    private static final int TRACE = 0x7;
    private static final int MANY = 100;

    private final Inputs inputs = new Inputs();
    private final StepInputs reader = new StepInputs(inputs);
    private final Told told = new Told();
    private HeapRows rows = new HeapRows();

    @Test
    void shouldWithdrawWhatOnlyARunBeforeHadChosen() {
        // Given
        BackendEvent event = frontend(1, 3);
        event.setTraceId(id(TRACE));
        read(segment(OTHER_REPLAY, 0, 0, 9, TRACE), event);
        KeyedJoin resolver = resolver();
        giveAll(StepInputs.Step.RESOLVE, resolver);
        Claim verdict = told.verdicts.get(told.verdicts.size() - 1);
        chooser().onClaim(verdict, 0);
        Claim chosen = told.resolved.get(0);

        // When
        rows = new HeapRows();
        told.resolved.clear();
        ReplaySegment naming = segment(REPLAY, 0, 0, 9);
        naming.setErrorIds(List.of(id(1)));
        read(naming);
        KeyedJoin anew = chooser();
        giveAll(StepInputs.Step.CHOOSE, anew);
        anew.onClaim(verdict, 0);

        // Then
        assertThat(chosen.getReplayId()).isEqualTo(Ids.parse(id(OTHER_REPLAY)));
        assertThat(told.resolved)
                .anyMatch(claim -> claim.getWithdrawn()
                        && chosen.getReplayId().equals(claim.getReplayId())
                        && claim.getRevision() > chosen.getRevision());
        assertThat(told.resolved)
                .last()
                .returns(Ids.parse(id(REPLAY)), Claim::getReplayId)
                .returns(false, Claim::getWithdrawn);
    }

    @Test
    void shouldTellAgainWhatACallChangedForOthersOfItsTrace() {
        // Given
        read(segment(REPLAY, 0, 0, 9, TRACE), error(1, 3, TRACE), page(2, 4, TRACE, 0x21));
        KeyedJoin resolver = resolver();
        giveAll(StepInputs.Step.RESOLVE, resolver);
        inputs.all.clear();
        read(page(3, 5, TRACE, 0x22));
        giveAll(StepInputs.Step.RESOLVE, resolver);
        assertThat(told.resolved).anyMatch(claim -> claim.getWithdrawn() && isOf(1, claim));

        // When
        told.resolved.clear();
        giveAll(StepInputs.Step.RESOLVE, resolver());

        // Then
        assertThat(told.resolved).anyMatch(claim -> claim.getWithdrawn() && isOf(1, claim));
    }

    @Test
    void shouldTellAgainThatABackendErrorHasNoReplay() {
        // Given
        read(error(1, 3, TRACE));
        KeyedJoin resolver = resolver();
        giveAll(StepInputs.Step.RESOLVE, resolver);

        // When
        resolver.expire(at(20 * 60), MANY);
        told.unlinked.clear();
        resolver().expire(at(20 * 60), MANY);

        // Then
        assertThat(told.unlinked).extracting(Unlinked::getReason).containsExactly(UnlinkedReason.TRACE_NOT_SEEN);
    }

    /** Confirm, with two events on the trace of a replay, of which one has waited in vain because it lies outside. */
    private KeyedJoin withAnEventOutside() {
        read(segment(REPLAY, 0, 0, 9, TRACE), error(1, 3, TRACE), error(2, 5 * 60, TRACE));
        giveAll(StepInputs.Step.RESOLVE, resolver());
        rows = new HeapRows();
        KeyedJoin confirmer = confirmer();
        giveAll(StepInputs.Step.CONFIRM, confirmer);
        told.resolved.forEach(claim -> confirmer.onClaim(claim, inputs.offset++));
        confirmer.expire(at(30 * 60), MANY);
        return confirmer;
    }

    @Test
    void shouldTellAgainWhatTheEndOfAWaitChangedForOthersOfItsTrace() {
        // Given
        withAnEventOutside();
        assertThat(told.links).last().returns(true, Link::getDeleted);

        // When
        told.links.clear();
        confirmer().expire(at(30 * 60), MANY);

        // Then
        assertThat(told.links).last().returns(true, Link::getDeleted);
    }

    @Test
    void shouldTellAgainWhatALaterWordChangedForOthersOfItsTrace() {
        // Given
        KeyedJoin confirmer = withAnEventOutside();
        Claim outside = told.resolved.get(1);
        Claim withdrawn =
                Claim.newBuilder(outside).setRevision(1).setWithdrawn(true).build();
        confirmer.onClaim(withdrawn, inputs.offset);
        assertThat(told.links).anyMatch(link -> !link.getDeleted() && link.getVersion() == lastVersion(1));

        // When
        told.links.clear();
        confirmer().onClaim(withdrawn, inputs.offset);

        // Then
        assertThat(told.links).anyMatch(link -> !link.getDeleted() && link.getVersion() == lastVersion(1));
    }

    @Test
    void shouldWaitAnewForAReplayThatIsFoundAgainAfterTheWait() {
        // Given
        read(segment(REPLAY, 0, 0, 9, TRACE), flagged(call(1, 3, TRACE, 0x21, 0)));
        giveAll(StepInputs.Step.RESOLVE, resolver());
        Claim found = told.resolved.get(0);
        Claim withdrawn =
                Claim.newBuilder(found).setRevision(1).setWithdrawn(true).build();
        Claim again = Claim.newBuilder(found).setRevision(2).build();
        rows = new HeapRows();
        KeyedJoin confirmer = confirmer();

        // When
        confirmer.onClaim(found, 0);
        confirmer.onClaim(withdrawn, 1);
        confirmer.expire(at(30 * 60), MANY);
        confirmer.onClaim(again, 2);
        confirmer.expire(at(44 * 60), MANY);
        assertThat(told.unlinked).isEmpty();
        confirmer.expire(at(46 * 60), MANY);

        // Then
        assertThat(told.unlinked).extracting(Unlinked::getReason).containsExactly(UnlinkedReason.REPLAY_NOT_SEEN);
    }

    private void read(Object... records) {
        for (Object record : records) {
            if (record instanceof BackendEvent event) {
                reader.event(event, event.getReceivedMs());
            } else if (record instanceof ReplaySegment segment) {
                reader.segment(segment, segment.getReceivedMs());
            }
        }
    }

    private void giveAll(StepInputs.Step step, KeyedJoin join) {
        inputs.all.stream().filter(given -> given.step() == step).forEach(given -> given.input()
                .into(join, given.offset()));
    }

    private long lastVersion(int event) {
        return told.links.stream()
                .filter(link -> link.getEvent().getEventId().equals(Ids.parse(id(event))))
                .mapToLong(Link::getVersion)
                .max()
                .orElse(-1);
    }

    private static boolean isOf(int event, Claim claim) {
        return claim.getEvent().getEventId().equals(Ids.parse(id(event)));
    }

    private KeyedJoin resolver() {
        return step(deadlines -> new Resolver(rows, deadlines, JoinSettings.defaults(), told));
    }

    private KeyedJoin chooser() {
        return step(deadlines -> new Chooser(rows, deadlines, JoinSettings.defaults(), told));
    }

    private KeyedJoin confirmer() {
        return step(deadlines -> new Confirmer(rows, deadlines, JoinSettings.defaults(), told));
    }

    private static KeyedJoin step(Function<Rows, KeyedJoin> step) {
        return step.apply(new HeapRows());
    }

    private record Given(StepInputs.Step step, StepInputs.Input input, long offset) {}

    private static final class Inputs implements StepInputs.Sink {
        private final List<Given> all = new ArrayList<>();
        private long offset;

        @Override
        public void accept(StepInputs.Step step, StepInputs.Input input) {
            all.add(new Given(step, input, offset++));
        }

        @Override
        public void unlinked(Unlinked unlinked) {
            throw new AssertionError("an event without evidence: " + unlinked);
        }
    }

    private static final class Told implements JoinOutput {
        private final List<Claim> resolved = new ArrayList<>();
        private final List<Claim> verdicts = new ArrayList<>();
        private final List<Link> links = new ArrayList<>();
        private final List<Unlinked> unlinked = new ArrayList<>();

        @Override
        public void resolved(Claim claim) {
            resolved.add(claim);
        }

        @Override
        public void verdict(Claim claim) {
            verdicts.add(claim);
        }

        @Override
        public void link(Link link) {
            links.add(link);
        }

        @Override
        public void unlinked(Unlinked verdict) {
            unlinked.add(verdict);
        }

        @Override
        public void life(ReplayLife life) {}

        @Override
        public void unclaimed(UnlinkedReason reason) {}
    }
}
