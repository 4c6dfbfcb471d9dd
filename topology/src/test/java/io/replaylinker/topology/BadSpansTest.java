package io.replaylinker.topology;

import static io.replaylinker.topology.Samples.at;
import static io.replaylinker.topology.Samples.call;
import static io.replaylinker.topology.Samples.edge;
import static io.replaylinker.topology.Samples.error;
import static io.replaylinker.topology.Samples.frontend;
import static io.replaylinker.topology.Samples.id;
import static io.replaylinker.topology.Samples.named;
import static io.replaylinker.topology.Samples.page;
import static io.replaylinker.topology.Samples.segment;
import static io.replaylinker.topology.Samples.segmentSpan;
import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.schemas.BackendEvent;
import io.replaylinker.schemas.Link;
import io.replaylinker.schemas.Method;
import io.replaylinker.schemas.ReplaySegment;
import io.replaylinker.schemas.Span;
import io.replaylinker.schemas.Unlinked;
import io.replaylinker.schemas.UnlinkedReason;
import io.replaylinker.topology.claim.ClaimSettings;
import io.replaylinker.topology.join.JoinSettings;
import io.replaylinker.topology.join.SharedTrace;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Spans that no SDK sends: nothing foreign is linked, and what a trace costs stays within its bound. */
class BadSpansTest {

    private static final int R = 0xa;
    private static final int OTHER = 0xb;
    private static final int T = 0x7;
    private static final int VICTIM = 1;
    private static final int PAGE = 0x50;
    private static final int CALL = 0x51;
    private static final int INNER = 0x52;
    private static final int MOST_VISITS = 8;
    private static final int MOST_SPANS = 50;
    private static final int FLOOD = 1_000;

    private Pipeline pipeline = new Pipeline(small());

    @AfterEach
    void close() {
        pipeline.close();
    }

    @Test
    void shouldKeepNoMoreSpansOfATraceThanItMay() {
        pipeline.segment(segment(R, 0, 0, 9, T));
        for (int i = 0; i < FLOOD; i++) {
            pipeline.span(edge(3, T, 0x1000 + i, CALL));
        }
        pipeline.event(at(error(VICTIM, 3, T), 0x1000, 0));

        assertThat(pipeline.rows()).filteredOn("n"::equals).hasSizeBetween(MOST_SPANS, MOST_SPANS + 1);
        assertThat(pipeline.rowBytes()).isLessThan((MOST_SPANS + 5) * 200L);
        assertSharedAndForgotten(1);
    }

    /** Each is an event that waits, which has its row; the trace has no more than the cap of them in memory. */
    @Test
    void shouldBearOneTraceOnEveryCall() {
        pipeline.segment(segment(R, 0, 0, 9, T));
        for (int i = 0; i < FLOOD; i++) {
            pipeline.span(segmentSpan(3, T, 0x1000 + i, 0x1000 + i - 1));
        }

        assertThat(pipeline.rows())
                .hasSizeGreaterThanOrEqualTo(FLOOD)
                .filteredOn("n"::equals)
                .isEmpty();
        assertThat(pipeline.rowBytes()).isLessThan(FLOOD * 500L);
        pipeline.event(at(error(VICTIM, 3, T), 0x1000 + FLOOD - 1, 0));
        assertSharedAndForgotten(1);
    }

    @Test
    void shouldKeepNoMoreVisitsOfATraceThanItMay() {
        pipeline.segment(segment(R, 0, 0, 9, T));
        for (int i = 0; i < FLOOD; i++) {
            BackendEvent root = page(0x1000 + i, 3, T, 0x1000 + i);
            root.setUserId("user " + i);
            pipeline.event(root);
        }
        long before = pipeline.rowBytes();
        pipeline.event(error(VICTIM, 3, T));

        assertThat(before).as("a row each, and the trace").isLessThan(FLOOD * 500L);
        assertThat(pipeline.rowBytes() - before).as("one event more").isLessThan(500);
        assertSharedAndForgotten(1);
    }

    /** Page loads that name nobody are two at most, and beyond one they make the trace a shared one. */
    @Test
    void shouldKeepTwoNamelessPageLoadsOfAMillion() {
        pipeline.segment(segment(R, 0, 0, 9, T));
        long[] bytes = new long[2];
        for (int i = 0; i < 2; i++) {
            for (int root = 0; root < FLOOD / 2; root++) {
                pipeline.event(page(0x1000 + i * FLOOD + root, 3, T, 0x1000 + i * FLOOD + root));
            }
            bytes[i] = pipeline.rowBytes();
        }

        pipeline.event(error(VICTIM, 3, T));

        assertThat(bytes[1]).isLessThanOrEqualTo(2 * bytes[0]);
        assertSharedAndForgotten(1);
    }

    @Test
    void shouldKeepNoMoreNamingsOfAnEventThanItMay() {
        pipeline.event(frontend(9, 1));
        for (int i = 0; i < FLOOD; i++) {
            pipeline.segment(naming(0x1000 + i, 2));
        }
        List<String> rows = pipeline.rows();
        long bytes = pipeline.rowBytes();
        pipeline.segment(naming(0x1000 + FLOOD, 2));

        assertThat(rows).filteredOn("s"::equals).hasSize(FLOOD + 1);
        assertThat(pipeline.rowBytes() - bytes).as("the replay alone").isLessThan(500);
        pipeline.event(frontend(2, 3)).endOfInput();
        assertThat(pipeline.links()).isEmpty();
    }

    @Test
    void shouldTakeASegmentThatIsItsOwnParentForOneWithoutParent() {
        pipeline.segment(segment(R, 0, 0, 9, T))
                .span(segmentSpan(3, T, CALL, CALL))
                .event(at(error(VICTIM, 3, T), CALL, CALL));

        assertThat(pipeline.links()).containsEntry(VICTIM, R);
    }

    @Test
    void shouldLeaveACycleOfEdges() {
        pipeline.span(edge(3, T, 0x61, 0x62))
                .span(edge(3, T, 0x62, 0x63))
                .span(edge(3, T, 0x63, 0x61))
                .segment(segment(R, 0, 0, 9, T))
                .event(at(error(VICTIM, 3, T), 0x61, 0));

        assertThat(pipeline.links()).isEqualTo(Map.of(VICTIM, R));
        assertThat(pipeline.emittedLinks()).extracting(Link::getMethod).containsOnly(Method.TRACE);
    }

    @Test
    void shouldClimbNoDeeperThanAnyRealTraceIs() {
        pipeline.close();
        pipeline = new Pipeline();
        pipeline.event(named(page(2, 3, T, 0x1000), R))
                .segment(segment(R, 0, 0, 9))
                .segment(segment(OTHER, 0, 0, 9, T));
        for (int i = 1; i <= 200; i++) {
            pipeline.span(edge(3, T, 0x1000 + i, 0x1000 + i - 1));
        }

        pipeline.event(at(error(3, 3, T), 0x1000 + 30, 0)).event(at(error(4, 3, T), 0x1000 + 200, 0));

        assertThat(pipeline.links()).containsEntry(3, R).doesNotContainKey(4);
    }

    @Test
    void shouldFollowNoPathThroughASpanIdThatTwoProjectsUseOnATrace() {
        Span ofAnother = segmentSpan(3, T, CALL, PAGE);
        ofAnother.setProjectId(23);

        pipeline.event(named(page(2, 3, T, PAGE), R))
                .segment(segment(R, 0, 0, 9))
                .segment(segment(OTHER, 0, 0, 9, T))
                .span(segmentSpan(3, T, CALL, PAGE))
                .event(at(error(VICTIM, 3, T), CALL, 0));
        assertThat(pipeline.links()).containsEntry(VICTIM, R);

        pipeline.span(ofAnother);

        assertThat(pipeline.links()).doesNotContainKey(VICTIM);
    }

    @Test
    void shouldDistinguishSpanIdsOfTwoTraces() {
        pipeline.event(named(page(2, 3, T, PAGE), R))
                .event(named(page(3, 3, 0x8, PAGE), OTHER))
                .event(call(6, 3, T, CALL, PAGE))
                .event(call(7, 3, 0x8, CALL, PAGE))
                .segment(segment(R, 0, 0, 9))
                .segment(segment(OTHER, 0, 0, 9))
                .event(at(error(4, 3, T), CALL, 0))
                .event(at(error(5, 3, 0x8), CALL, 0));

        assertThat(pipeline.links()).isEqualTo(Map.of(2, R, 3, OTHER, 4, R, 5, OTHER, 6, R, 7, OTHER));
    }

    /** An attacker who knows trace, spans, event and replay of a victim, in another organization. */
    @Test
    void shouldChangeNothingForSpansOfAnotherTenant() {
        pipeline.event(frontend(9, 1))
                .event(foreign(error(8, 1)))
                .event(named(page(2, 3, T, PAGE), R))
                .span(segmentSpan(3, T, CALL, PAGE))
                .span(edge(3, T, INNER, CALL))
                .segment(segment(R, 0, 0, 9));
        Span forgedEdge = foreign(edge(3, T, INNER, 0x99));
        forgedEdge.setReplayId(id(OTHER));
        ReplaySegment forgedReplay = naming(OTHER, VICTIM);
        forgedReplay.setProjectId(66);
        forgedReplay.setTraceIds(List.of(id(T)));

        pipeline.span(forgedEdge)
                .span(foreign(segmentSpan(3, T, CALL, 0x99)))
                .event(foreign(named(page(0x100, 3, T, 0x99), OTHER)))
                .event(foreign(named(page(0x101, 3, T, PAGE), OTHER)))
                .segment(forgedReplay);
        for (int i = 0; i < 2 * MOST_SPANS; i++) {
            pipeline.span(foreign(edge(3, T, 0x1000 + i, CALL))).event(foreign(page(0x200 + i, 3, T, 0x2000 + i)));
        }
        pipeline.event(at(error(VICTIM, 3, T), 0x98, INNER)).event(foreign(at(error(0x102, 3, T), 0x98, INNER)));

        assertThat(pipeline.links())
                .containsEntry(VICTIM, R)
                .containsEntry(2, R)
                .doesNotContainValue(null);
        assertThat(pipeline.emittedLinks())
                .allSatisfy(link ->
                        assertThat(link.getEvent().getProjectId() == 66).isEqualTo(link.getReplayProjectId() == 66));
        assertThat(pipeline.emittedLinks())
                .filteredOn(link -> link.getEvent().getProjectId() == Samples.API)
                .allSatisfy(link -> assertThat(link.getMethod()).isEqualTo(Method.SPAN));
    }

    private void assertSharedAndForgotten(int victims) {
        for (int hour = 0; hour < 6; hour++) {
            pipeline.passes(Duration.ofHours(1));
        }

        assertThat(pipeline.links()).isEmpty();
        assertThat(pipeline.unlinked())
                .filteredOn(unlinked -> unlinked.getEvent().getType().equals("error"))
                .hasSize(victims)
                .extracting(Unlinked::getReason)
                .containsOnly(UnlinkedReason.SHARED_TRACE);
        assertThat(pipeline.rows()).isEmpty();
    }

    private static ReplaySegment naming(int replay, int event) {
        ReplaySegment segment = segment(replay, 0, 0, 9);
        segment.setErrorIds(List.of(id(event)));
        return segment;
    }

    private static BackendEvent foreign(BackendEvent event) {
        event.setOrganizationId(2);
        event.setProjectId(66);
        return event;
    }

    private static Span foreign(Span span) {
        span.setOrganizationId(2);
        span.setProjectId(66);
        return span;
    }

    private static JoinSettings small() {
        JoinSettings defaults = JoinSettings.defaults();
        return new JoinSettings(
                defaults.waitFor(),
                defaults.memory(),
                true,
                defaults.traceTolerance(),
                SharedTrace.NONE,
                MOST_VISITS,
                MOST_SPANS,
                defaults.tenancy(),
                ClaimSettings.defaults());
    }
}
