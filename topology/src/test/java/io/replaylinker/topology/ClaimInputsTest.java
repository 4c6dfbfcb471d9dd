package io.replaylinker.topology;

import static io.replaylinker.topology.Samples.at;
import static io.replaylinker.topology.Samples.call;
import static io.replaylinker.topology.Samples.edge;
import static io.replaylinker.topology.Samples.error;
import static io.replaylinker.topology.Samples.id;
import static io.replaylinker.topology.Samples.named;
import static io.replaylinker.topology.Samples.segment;
import static io.replaylinker.topology.Samples.segmentSpan;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.replaylinker.schemas.BackendEvent;
import io.replaylinker.schemas.Span;
import io.replaylinker.schemas.TraceNode;
import io.replaylinker.schemas.Unlinked;
import io.replaylinker.schemas.UnlinkedReason;
import io.replaylinker.serdes.Ids;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What one record gives the join; E is the event of a transaction that comes as a span too. */
class ClaimInputsTest {

    private static final int R = 0xa;
    private static final int T = 0x7;
    private static final int E = 1;
    private static final int CALL = 0x51;
    private static final int INNER = 0x52;

    private final ClassicProjects classic = new ClassicProjects();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Inputs inputs = new Inputs();
    private final ClaimInputs reader =
            new ClaimInputs(EvidenceSettings.defaults(), ContextSettings.OFF, classic, new JoinCounts(meters));

    @Test
    void shouldPassOverTheSpanOfATransactionOnceTransactionsOfItsProjectAreRead() {
        reader.event(transaction(), at(3), inputs);
        inputs.kinds.clear();

        reader.span(sameAsSpan(), at(3), inputs);

        assertThat(inputs.kinds).isEmpty();
    }

    @Test
    void shouldTakeTheSpanOfATransactionOfAnotherProject() {
        BackendEvent other = transaction();
        other.setProjectId(23);
        reader.event(other, at(3), inputs);
        inputs.kinds.clear();

        reader.span(sameAsSpan(), at(3), inputs);

        assertThat(inputs.kinds).contains("claim " + id(E));
    }

    @Test
    void shouldTakeTheSpanOfATransactionWhereOnlyErrorsAreRead() {
        reader.event(error(2, 3, T), at(3), inputs);
        BackendEvent occurrence = transaction();
        occurrence.setOccurrence(true);
        reader.event(occurrence, at(3), inputs);
        inputs.kinds.clear();

        reader.span(sameAsSpan(), at(3), inputs);

        assertThat(inputs.kinds).contains("claim " + id(E));
    }

    @Test
    void shouldTakeASegmentThatWasNoTransactionOfAnyProject() {
        classic.add(Samples.API);

        reader.span(segmentSpan(3, T, CALL, 0), at(3), inputs);

        assertThat(inputs.kinds).contains("claim 00000000000000510000000000000000");
    }

    @Test
    void shouldTakeInnerSpansOfTransactionsAsEdgesStill() {
        classic.add(Samples.API);
        Span inner = edge(3, T, INNER, CALL);
        inner.setWasTransaction(true);

        reader.span(inner, at(3), inputs);

        assertThat(inputs.kinds).contains("trace " + id(T));
    }

    @Test
    void shouldLearnTheOrganizationOfAProjectFromAnySpanOnce() {
        classic.add(Samples.API);

        reader.span(sameAsSpan(), at(3), inputs);
        reader.span(sameAsSpan(), at(3), inputs);
        reader.span(edge(3, T, INNER, CALL), at(3), inputs);

        assertThat(inputs.kinds).filteredOn("project 22 of 1"::equals).hasSize(1);
    }

    @Test
    void shouldMakeNothingButItsOrganizationOfASegmentWithoutASpanId() {
        Span broken = segmentSpan(3, T, CALL, 0);
        broken.setSpanId("none");

        reader.span(broken, at(3), inputs);

        assertThat(inputs.kinds).filteredOn(kind -> !kind.startsWith("project")).isEmpty();
    }

    @Test
    void shouldPublishAnErrorWithoutAnyEvidenceAtOnce() {
        reader.event(error(2, 3), at(3), inputs);

        assertThat(inputs.kinds).containsExactly("project 22 of 1", "unlinked " + UnlinkedReason.NO_EVIDENCE);
    }

    /** The span's topic is ahead, so that nothing of the project's transactions is known; and then it is behind. */
    @Test
    void shouldMakeOneLinkOfATransactionWhicheverTopicComesFirst() {
        assertOneLink(new Pipeline().span(sameAsSpan()).event(transaction()));
        assertOneLink(new Pipeline().event(transaction()).span(sameAsSpan()));
        assertOneLink(new Pipeline().span(sameAsSpan()).span(sameAsSpan()));
    }

    private static void assertOneLink(Pipeline pipeline) {
        try (pipeline) {
            pipeline.segment(segment(R, 0, 0, 5, T)).endOfInput();

            assertThat(pipeline.links()).isEqualTo(Map.of(E, R));
            assertThat(pipeline.emittedLinks())
                    .extracting(link -> List.of(
                            link.getEvent().getProjectId(),
                            link.getEvent().getEventId(),
                            link.getEvent().getType(),
                            link.getReplayId()))
                    .containsOnly(List.of(
                            Samples.API,
                            pipeline.emittedLinks().get(0).getEvent().getEventId(),
                            "transaction",
                            pipeline.emittedLinks().get(0).getReplayId()));
            assertThat(pipeline.unlinked()).isEmpty();
        }
    }

    private static BackendEvent transaction() {
        return named(call(E, 3, T, CALL, 0), R);
    }

    private static Span sameAsSpan() {
        Span span = segmentSpan(3, T, CALL, 0);
        span.setWasTransaction(true);
        span.setEventId(id(E));
        span.setReplayId(id(R));
        return span;
    }

    private static final class Inputs implements ClaimInputs.Sink {
        private final List<String> kinds = new ArrayList<>();

        @Override
        public void accept(JoinInput input) {
            if (input instanceof JoinInput.EventClaim claim) {
                kinds.add("claim " + Ids.hex(claim.claim().getEvent().getEventId()));
            } else if (input instanceof JoinInput.TraceSeen seen) {
                kinds.add("trace " + Ids.hex(seen.observation().getTraceId()));
            } else if (input instanceof JoinInput.Affiliation project) {
                kinds.add("project " + project.projectId() + " of " + project.organizationId());
            }
        }

        @Override
        public void unlinked(Unlinked unlinked) {
            kinds.add("unlinked " + unlinked.getReason());
        }

        @Override
        public void node(TraceNode node) {
            kinds.add("node");
        }
    }
}
