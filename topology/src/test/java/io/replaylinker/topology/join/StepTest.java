package io.replaylinker.topology.join;

import static io.replaylinker.topology.Samples.at;
import static io.replaylinker.topology.Samples.call;
import static io.replaylinker.topology.Samples.flagged;
import static io.replaylinker.topology.Samples.frontend;
import static io.replaylinker.topology.Samples.id;
import static io.replaylinker.topology.Samples.segment;
import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.schemas.BackendEvent;
import io.replaylinker.schemas.Claim;
import io.replaylinker.schemas.ReplaySegment;
import io.replaylinker.schemas.Unlinked;
import io.replaylinker.schemas.UnlinkedReason;
import io.replaylinker.serdes.Ids;
import io.replaylinker.topology.StepInputs;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One step of the join that is asked again about an event that it had forgotten, or given up. */
class StepTest {

    private static final int REPLAY = 0xa;
    private static final int OTHER_REPLAY = 0xb;
    private static final int TRACE = 0x7;
    private static final int MANY = 100;

    private final Inputs inputs = new Inputs();
    private final StepInputs reader = new StepInputs(inputs);
    private final Emitted emitted = new Emitted();

    @Test
    void shouldWithdrawWhatAForgottenRowHadChosen() {
        // Given
        BackendEvent event = frontend(1, 3);
        event.setTraceId(id(TRACE));
        read(segment(OTHER_REPLAY, 0, 0, 9, TRACE), event);
        KeyedJoin resolver = resolver();
        giveAll(StepInputs.Step.RESOLVE, resolver);
        Claim verdict = emitted.verdicts().get(emitted.verdicts().size() - 1);
        chooser().onClaim(verdict);
        Claim chosen = emitted.resolved().get(0);

        // When
        emitted.resolved().clear();
        ReplaySegment naming = segment(REPLAY, 0, 0, 9);
        naming.setErrorIds(List.of(id(1)));
        read(naming);
        KeyedJoin anew = chooser();
        giveAll(StepInputs.Step.CHOOSE, anew);
        anew.onClaim(verdict);

        // Then
        assertThat(chosen.getReplayId()).isEqualTo(Ids.parse(id(OTHER_REPLAY)));
        assertThat(emitted.resolved())
                .anyMatch(claim -> claim.getWithdrawn()
                        && chosen.getReplayId().equals(claim.getReplayId())
                        && claim.getRevision() > chosen.getRevision());
        assertThat(emitted.resolved())
                .last()
                .returns(Ids.parse(id(REPLAY)), Claim::getReplayId)
                .returns(false, Claim::getWithdrawn);
    }

    @Test
    void shouldWaitAnewForAReplayThatIsFoundAgainAfterTheWait() {
        // Given
        read(segment(REPLAY, 0, 0, 9, TRACE), flagged(call(1, 3, TRACE, 0x21, 0)));
        giveAll(StepInputs.Step.RESOLVE, resolver());
        Claim found = emitted.resolved().get(0);
        Claim withdrawn =
                Claim.newBuilder(found).setRevision(1).setWithdrawn(true).build();
        Claim again = Claim.newBuilder(found).setRevision(2).build();
        KeyedJoin confirmer = confirmer();

        // When
        confirmer.onClaim(found);
        confirmer.onClaim(withdrawn);
        confirmer.expire(at(30 * 60), MANY);
        confirmer.onClaim(again);
        confirmer.expire(at(44 * 60), MANY);
        assertThat(emitted.unlinked()).isEmpty();
        confirmer.expire(at(46 * 60), MANY);

        // Then
        assertThat(emitted.unlinked()).extracting(Unlinked::getReason).containsExactly(UnlinkedReason.REPLAY_NOT_SEEN);
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
                .into(join));
    }

    private KeyedJoin resolver() {
        return new Resolver(new Rows(), JoinSettings.defaults(), emitted);
    }

    private KeyedJoin chooser() {
        return new Chooser(new Rows(), JoinSettings.defaults(), emitted);
    }

    private KeyedJoin confirmer() {
        return new Confirmer(new Rows(), JoinSettings.defaults(), emitted);
    }

    private record Given(StepInputs.Step step, StepInputs.Input input) {}

    private static final class Inputs implements StepInputs.Sink {
        private final List<Given> all = new ArrayList<>();

        @Override
        public void accept(StepInputs.Step step, StepInputs.Input input) {
            all.add(new Given(step, input));
        }

        @Override
        public void unlinked(Unlinked unlinked) {
            throw new AssertionError("an event without evidence: " + unlinked);
        }
    }
}
