package io.replaylinker.topology;

import static io.replaylinker.topology.Samples.at;
import static io.replaylinker.topology.Samples.call;
import static io.replaylinker.topology.Samples.edge;
import static io.replaylinker.topology.Samples.error;
import static io.replaylinker.topology.Samples.flagged;
import static io.replaylinker.topology.Samples.frontend;
import static io.replaylinker.topology.Samples.id;
import static io.replaylinker.topology.Samples.named;
import static io.replaylinker.topology.Samples.page;
import static io.replaylinker.topology.Samples.segment;
import static io.replaylinker.topology.Samples.segmentSpan;
import static io.replaylinker.topology.Samples.span;
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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whose an event without an id of its own is, rule by rule: R and OTHER are replays, T the trace, E the error of the API in question. */
class LadderTest {

    private static final int R = 0xa;
    private static final int OTHER = 0xb;
    private static final int T = 0x7;
    private static final int OWN_TRACE = 0x8;
    private static final int E = 1;
    private static final int PAGE = 0x50;
    private static final int CALL = 0x51;
    private static final int INNER = 0x52;

    private Pipeline pipeline = new Pipeline();

    @AfterEach
    void close() {
        pipeline.close();
    }

    @Test
    void shouldBelieveTheRecorderFirst() {
        BackendEvent ofBrowser = frontend(E, 3);
        ofBrowser.setTraceId(id(T));

        pipeline.segment(segment(R, 0, 0, 9, T)).segment(naming(OTHER, E)).event(ofBrowser);

        assertLinked(OTHER, Method.ERROR_ID);
    }

    @Test
    void shouldBelieveNoneOfTwoRecordersThatNameOneEvent() {
        pipeline.segment(naming(R, E)).segment(naming(OTHER, E)).event(frontend(E, 3));

        assertUnlinked(UnlinkedReason.NO_EVIDENCE, false);
    }

    @Test
    void shouldNotBelieveARecorderOfAnotherOrganization() {
        ReplaySegment forged = naming(OTHER, E);
        forged.setProjectId(66L);

        pipeline.event(foreign(error(9, 1)))
                .event(frontend(8, 1))
                .segment(forged)
                .event(frontend(E, 3));

        assertThat(pipeline.links()).isEmpty();
    }

    @Test
    void shouldClimbThroughASegmentToAPageThatNamesItsReplay() {
        pipeline.event(named(page(2, 3, T, PAGE), R))
                .span(segmentSpan(3, T, CALL, PAGE))
                .segment(segment(OTHER, 0, 0, 9, T))
                .segment(segment(R, 0, 0, 9))
                .event(at(error(E, 3, T), CALL, 0));

        assertLinked(R, Method.SPAN);
    }

    @Test
    void shouldClimbThroughAnEdgeToTheCallThatItIsIn() {
        pipeline.event(named(page(2, 3, T, PAGE), R))
                .span(segmentSpan(3, T, CALL, PAGE))
                .span(edge(3, T, INNER, CALL))
                .segment(segment(R, 0, 0, 9))
                .segment(segment(OTHER, 0, 0, 9, T))
                .event(at(error(E, 3, T), 0x99, INNER));

        assertLinked(R, Method.SPAN);
    }

    @Test
    void shouldClimbThroughAClientSpanOfATransaction() {
        BackendEvent whole = named(page(2, 3, T, PAGE), R);
        whole.setClientSpanIds(List.of(span(INNER)));

        pipeline.event(whole)
                .segment(segment(R, 0, 0, 9))
                .segment(segment(OTHER, 0, 0, 9, T))
                .event(at(error(E, 3, T), 0x99, INNER));

        assertLinked(R, Method.SPAN);
    }

    @Test
    void shouldHoldAnErrorInAnInnerSpanAgainstTheOneCallOfItsProjectThatHoldsIt() {
        pipeline.event(named(page(2, 3, T, PAGE), R))
                .event(lasting(call(3, 5, T, CALL, PAGE), 3))
                .segment(segment(R, 0, 0, 9))
                .segment(segment(OTHER, 0, 0, 9, T))
                .event(at(error(E, 4, T), 0x99, 0x98));

        assertThat(pipeline.links()).containsEntry(E, R);
    }

    @Test
    void shouldHoldAnErrorAgainstNoneOfTwoCalls() {
        pipeline.event(named(page(2, 3, T, PAGE), R))
                .event(lasting(call(3, 5, T, CALL, PAGE), 3))
                .event(lasting(call(4, 5, T, INNER, 0), 3))
                .segment(segment(R, 0, 0, 9))
                .segment(segment(OTHER, 0, 0, 9, T))
                .event(at(error(E, 4, T), 0x99, 0x98));

        assertThat(pipeline.links()).doesNotContainKey(E);
    }

    @Test
    void shouldTakeTheOnlyReplayForAPageWhoseFrozenContextNamesNone() {
        pipeline.event(page(2, 3, T, PAGE)).segment(segment(R, 0, 0, 9, T)).event(at(error(E, 3, T), 0x99, PAGE));

        assertLinked(R, Method.TRACE);
    }

    @Test
    void shouldLinkNothingOfAVisitThatIsNotRecorded() {
        pipeline.event(page(2, 3, T, PAGE))
                .event(named(page(3, 3, T, 0x60), R))
                .segment(segment(R, 0, 0, 9, T))
                .event(flagged(at(error(E, 3, T), 0x99, PAGE)));

        assertUnlinked(UnlinkedReason.UNRECORDED_VISIT, true);
    }

    @Test
    void shouldRetractWhenASecondPageLoadTurnsUp() {
        pipeline.segment(segment(R, 0, 0, 9, T)).event(page(2, 3, T, PAGE)).event(error(E, 3, T));
        assertThat(pipeline.links()).containsEntry(E, R);

        pipeline.event(page(3, 4, T, 0x60));

        assertUnlinked(UnlinkedReason.SHARED_TRACE, false);
        assertThat(pipeline.emittedLinks()).anyMatch(Link::getDeleted);
    }

    @Test
    void shouldTakeTheSoleVisitAndRetractItWhenAnotherReplayTurnsUp() {
        pipeline.segment(segment(R, 0, 0, 9, T)).event(error(E, 3, T));
        assertLinked(R, Method.TRACE);

        pipeline.segment(segment(OTHER, 0, 0, 9, T));

        assertUnlinked(UnlinkedReason.SHARED_TRACE, false);
    }

    /** Not before the stray event has waited in vain: until then its own path may turn up. */
    @Test
    void shouldTakeATraceForSharedWhereSomethingOnItLiesOutsideTheReplay() {
        pipeline.segment(segment(R, 0, 0, 9, T)).event(error(E, 3, T)).event(error(2, 200, T));
        assertThat(pipeline.links()).isEqualTo(Map.of(E, R));

        assertUnlinked(UnlinkedReason.SHARED_TRACE, false);
    }

    @Test
    void shouldLinkWhatLiesOutsideOnceTheReplayReachesIt() {
        pipeline.segment(segment(R, 0, 0, 9, T)).event(error(E, 3, T)).event(error(2, 200, T));

        pipeline.segment(segment(R, 1, 0, 141, T)).endOfInput();

        assertThat(pipeline.links()).isEqualTo(Map.of(E, R, 2, R));
    }

    @Test
    void shouldTakeWhatPrecedesABufferedRecordingForItsOwn() {
        ReplaySegment buffered = segment(R, 0, 300, 310, T);
        buffered.setReplayType("buffer");

        pipeline.event(below(page(2, 299, T, PAGE), 0x99)).segment(buffered).event(error(E, 3, T));

        assertLinked(R, Method.TRACE);
        List<Link> all = pipeline.emittedLinks();
        assertThat(all.get(all.size() - 1).getInSession()).isFalse();
    }

    @Test
    void shouldNotTakeWhatPrecedesABufferedRecordingForItsOwnWhereNoPageLoadIsSeen() {
        ReplaySegment buffered = segment(R, 0, 300, 310, T);
        buffered.setReplayType("buffer");

        pipeline.segment(buffered).event(error(E, 3, T));

        assertUnlinked(UnlinkedReason.OUTSIDE_REPLAY, false);
    }

    @Test
    void shouldNotMeasureATraceThatBeganInTheBrowserByWhatLiesOutside() {
        pipeline.event(page(2, 3, T, PAGE))
                .segment(segment(R, 0, 0, 9, T))
                .event(error(E, 3, T))
                .event(error(3, 200, T));

        assertThat(pipeline.links()).containsEntry(E, R).doesNotContainKey(3);
    }

    @Test
    void shouldStartAtTheCallThatIsLeftWhereAnotherTurnsOutToBeOfAnotherProject() {
        Span ofAnotherProject = edge(3, T, INNER, 0x99);
        ofAnotherProject.setProjectId(Samples.WEB);
        pipeline.event(named(call(2, 3, T, CALL, 0), R))
                .segment(segment(R, 0, 0, 9))
                .segment(segment(OTHER, 0, 0, 9, T))
                .event(call(3, 3, T, INNER, 0x97))
                .event(call(4, 3, T, INNER, 0x98))
                .event(error(E, 3, T));
        assertThat(pipeline.links()).doesNotContainKey(E);

        pipeline.span(ofAnotherProject);

        assertLinked(R, Method.SPAN);
    }

    @Test
    void shouldMeasureQueuedWorkByTheTimeAtWhichItWasOrdered() {
        pipeline.segment(segment(R, 0, 0, 9, T)).event(at(error(E, 200, T), CALL, 0));
        assertThat(pipeline.links()).isEmpty();

        pipeline.event(call(3, 5, T, INNER, 0x99)).event(call(4, 200, T, CALL, INNER));

        assertThat(pipeline.links()).containsEntry(E, R);
    }

    @Test
    void shouldForgetTheTimeOfQueuedWorkThatTurnsOutToBeOrderedEarlier() {
        pipeline.segment(segment(R, 0, 0, 9, T))
                .event(at(error(2, 200, T), CALL, 0))
                .event(error(E, 3, T))
                .event(call(3, 5, T, CALL, 0x99));

        assertThat(pipeline.links()).containsEntry(E, R).containsEntry(2, R);
    }

    @Test
    void shouldTakeATraceForSharedWhereAnEventNamesAnotherUserThanTheReplay() {
        pipeline.segment(ofUser(segment(R, 0, 0, 9, T), "ann", null))
                .event(error(E, 3, T))
                .event(ofUser(error(2, 3, T), "bob", null));

        assertUnlinked(UnlinkedReason.SHARED_TRACE, false);
    }

    @Test
    void shouldNotTakeTheOnlyReplayForThePageLoadOfAnotherUser() {
        pipeline.event(ofUser(below(page(2, 3, T, PAGE), 0x99), "bob", null))
                .segment(ofUser(segment(R, 0, 0, 9, T), "ann", null))
                .event(error(E, 3, T));

        assertUnlinked(UnlinkedReason.SHARED_TRACE, false);
    }

    @Test
    void shouldTakeATraceForSharedWhoseServerRenderedThePageLongBefore() {
        pipeline.segment(segment(R, 0, 20, 29, T))
                .event(below(page(2, 20, T, PAGE), CALL))
                .event(error(E, 20, T));
        assertThat(pipeline.links()).containsEntry(E, R);

        pipeline.event(call(3, 9, T, CALL, 0));

        assertUnlinked(UnlinkedReason.SHARED_TRACE, false);
    }

    @Test
    void shouldNotTakeARenderedPageForKeptWithinTheTimeOfDelivery() {
        pipeline.segment(segment(R, 0, 20, 29, T))
                .event(below(page(2, 20, T, PAGE), CALL))
                .event(call(3, 10, T, CALL, 0))
                .event(error(E, 20, T));

        assertLinked(R, Method.TRACE);
    }

    @Test
    void shouldNotLetAnotherOrganizationsCallMakeAPageAKeptOne() {
        pipeline.event(frontend(9, 1))
                .segment(segment(R, 0, 20, 29, T))
                .event(below(page(2, 20, T, PAGE), CALL))
                .event(foreign(call(3, 1, T, 0x53, 0)))
                .event(error(E, 20, T));

        assertThat(pipeline.links()).containsEntry(E, R);
    }

    @Test
    void shouldFindTheReplayOfThePageLoadsUser() {
        pipeline.event(ofUser(page(2, 3, T, PAGE), "ann", null))
                .event(page(3, 3, T, 0x60))
                .segment(ofUser(segment(R, 0, 0, 9, T), "ann", null))
                .segment(ofUser(segment(OTHER, 0, 0, 9, T), "bob", null))
                .event(at(error(E, 3, T), 0x99, PAGE));

        assertLinked(R, Method.USER);
    }

    @Test
    void shouldTakeAPageLoadAndAReplayOfOneUserForOneVisit() {
        pipeline.event(ofUser(page(2, 3, T, PAGE), "ann", null))
                .event(page(3, 3, T, 0x60))
                .segment(ofUser(segment(R, 0, 0, 9, T), "ann", null))
                .event(ofUser(error(E, 3, T), "ann", null));

        assertLinked(R, Method.USER);
    }

    @Test
    void shouldTakeAPageLoadFromBeforeTheReplayWasSentForItsVisit() {
        pipeline.event(ofUser(page(2, 3, T, PAGE), "ann", null))
                .event(ofUser(named(page(3, 7, T, 0x60), R), "ann", null))
                .segment(ofUser(segment(R, 0, 0, 9, T), "ann", null))
                .event(ofUser(error(E, 4, T), "ann", null));

        assertLinked(R, Method.USER);
    }

    @Test
    void shouldFindTheReplayOfAPageLoadFromBeforeItWasSent() {
        pipeline.event(ofUser(page(2, 3, T, PAGE), "ann", null))
                .event(ofUser(named(page(3, 7, T, 0x60), R), "ann", null))
                .segment(ofUser(segment(R, 0, 0, 9, T), "ann", null))
                .event(at(error(E, 3, T), 0x99, PAGE));

        assertLinked(R, Method.USER);
    }

    @Test
    void shouldNotTakeAPageLoadThatNamesNoneAfterOneThatNamesTheReplayForItsVisit() {
        pipeline.event(ofUser(named(page(3, 2, T, 0x60), R), "ann", null))
                .event(ofUser(page(2, 3, T, PAGE), "ann", null))
                .segment(ofUser(segment(R, 0, 0, 9, T), "ann", null))
                .event(ofUser(error(E, 4, T), "ann", null));

        assertUnlinked(UnlinkedReason.SHARED_TRACE, false);
    }

    @Test
    void shouldNotTakeTwoUsersOfOneAddressForOneVisit() {
        pipeline.event(ofUser(page(2, 3, T, PAGE), "ann", "203.0.113.1"))
                .segment(ofUser(segment(R, 0, 0, 9, T), "ann", "203.0.113.1"))
                .segment(ofUser(segment(OTHER, 0, 0, 9, T), "bob", "203.0.113.1"))
                .event(ofUser(error(E, 3, T), null, "203.0.113.1"));

        assertUnlinked(UnlinkedReason.SHARED_TRACE, false);
    }

    @Test
    void shouldCountAPageLoadOnceThatComesWithItsReplayAndWithout() {
        BackendEvent named = named(page(4, 3, T, PAGE), R);
        BackendEvent unnamed = page(5, 3, T, PAGE);
        pipeline.segment(segment(R, 0, 0, 9, T)).event(named).event(unnamed).event(error(E, 3, T));
        assertThat(pipeline.links()).containsEntry(E, R);

        pipeline.close();
        pipeline = new Pipeline();
        pipeline.segment(segment(R, 0, 0, 9, T)).event(unnamed).event(named).event(error(E, 3, T));
        assertThat(pipeline.links()).containsEntry(E, R);
    }

    @Test
    void shouldCountAPageLoadThatNamedItsReplayEvenWhenItsSpanIsForgotten() {
        BackendEvent late = page(5, 1_500, T, PAGE);
        BackendEvent error = error(E, 1_500, T);
        pipeline.event(named(page(4, 3, T, PAGE), R)).segment(segment(R, 0, 0, 1_500, T));
        pipeline.passes(Duration.ofMinutes(25));

        pipeline.event(late).event(error);

        assertThat(pipeline.links()).containsEntry(E, R);
    }

    @Test
    void shouldNotCountAPageLoadWhoseReplayBelongsToAnotherTrace() {
        BackendEvent page = named(page(2, 3, T, PAGE), OTHER);
        page.setSentryTrace(id(OWN_TRACE) + "-" + span(CALL));

        pipeline.event(page)
                .event(below(page(3, 3, T, 0x60), 0x99))
                .segment(segment(R, 0, 0, 9, T))
                .event(error(E, 3, T));

        assertThat(pipeline.links()).containsEntry(E, R);
    }

    @Test
    void shouldFindTheUserOfACrowd() {
        pipeline.close();
        pipeline = new Pipeline(settings(SharedTrace.NONE, 2, 2_000));
        for (int visitor = 0; visitor < 3; visitor++) {
            pipeline.event(ofUser(page(0x20 + visitor, 3, T, 0x60 + visitor), "visitor " + visitor, null));
        }

        pipeline.segment(ofUser(segment(R, 0, 0, 9, T), "ann", null))
                .segment(ofUser(segment(OTHER, 0, 0, 9, T), "bob", null))
                .event(ofUser(error(E, 3, T), "ann", null))
                .event(error(2, 3, T));

        assertThat(pipeline.links()).isEqualTo(Map.of(E, R));
    }

    @Test
    void shouldHoldNoErrorOfABrowserAgainstACallOfItsProject() {
        BackendEvent ofBrowser = frontend(E, 4);
        ofBrowser.setTraceId(id(T));

        pipeline.event(named(lasting(page(2, 5, T, PAGE), 3), R))
                .segment(segment(R, 0, 0, 9))
                .segment(segment(OTHER, 0, 0, 9, T))
                .event(at(ofBrowser, 0x99, 0x98));

        assertThat(pipeline.links()).doesNotContainKey(E);
    }

    @Test
    void shouldClimbThroughAnEdgeThatNamesNoSegment() {
        Span inner = edge(3, T, INNER, CALL);
        inner.setSegmentId(null);
        inner.setParentSpanId(span(CALL));

        pipeline.event(named(page(2, 3, T, PAGE), R))
                .span(segmentSpan(3, T, CALL, PAGE))
                .span(inner)
                .segment(segment(R, 0, 0, 9))
                .segment(segment(OTHER, 0, 0, 9, T))
                .event(at(error(E, 3, T), 0x99, INNER));

        assertLinked(R, Method.SPAN);
    }

    @Test
    void shouldChooseAmongVisitsByTheUser() {
        pipeline.segment(ofUser(segment(R, 0, 0, 9, T), "ann", "203.0.113.1"))
                .segment(ofUser(segment(OTHER, 0, 0, 9, T), "bob", "203.0.113.1"))
                .event(ofUser(error(E, 3, T), " ann ", null));

        assertLinked(R, Method.USER);
    }

    @Test
    void shouldTakeUsersThatDifferInSpellingForDifferentOnes() {
        pipeline.segment(ofUser(segment(R, 0, 0, 9, T), "ann", null))
                .segment(ofUser(segment(OTHER, 0, 0, 9, T), "bob", null))
                .event(ofUser(error(E, 3, T), "Ann", null));

        assertUnlinked(UnlinkedReason.SHARED_TRACE, false);
    }

    @Test
    void shouldChooseAmongVisitsByTheAddressWhereOneSideNamesNoUser() {
        pipeline.segment(ofUser(segment(R, 0, 0, 9, T), "ann", "203.0.113.1"))
                .segment(ofUser(segment(OTHER, 0, 0, 9, T), "bob", "203.0.113.2"))
                .event(ofUser(error(E, 3, T), null, "203.0.113.2"));

        assertLinked(OTHER, Method.USER);
    }

    @Test
    void shouldRefuseAReplayOfAnotherUser() {
        pipeline.segment(ofUser(segment(R, 0, 0, 9, T), "ann", null)).event(ofUser(error(E, 3, T), "bob", null));

        assertUnlinked(UnlinkedReason.USER_MISMATCH, false);
    }

    @Test
    void shouldLookOnTheTraceOfTheHeadersBeforeTheOwn() {
        BackendEvent both = error(E, 3, OWN_TRACE);
        both.setSentryTrace(id(T) + "-" + span(PAGE));

        pipeline.segment(segment(R, 0, 0, 9, T))
                .segment(segment(OTHER, 0, 0, 9, OWN_TRACE))
                .event(both);

        assertLinked(R, Method.TRACE);
    }

    @Test
    void shouldLookOnTheOwnTraceWhereThatOfTheHeadersLeadsNowhere() {
        BackendEvent both = error(E, 3, OWN_TRACE);
        both.setSentryTrace(id(T) + "-" + span(PAGE));

        pipeline.segment(segment(OTHER, 0, 0, 9, OWN_TRACE)).event(both);

        assertLinked(OTHER, Method.TRACE);
    }

    /** Two processes with traces of their own, both asked on T: what lies outside the replay on T is there for both. */
    @Test
    void shouldMeasureATraceByAllThatCameOnItWhateverTracesTheyHaveThemselves() {
        BackendEvent far = error(2, 200, 0x9);
        far.setSentryTrace(id(T) + "-" + span(PAGE));

        pipeline.segment(segment(R, 0, 0, 9, T))
                .event(error(E, 3, T))
                .event(far)
                .endOfInput();

        assertThat(pipeline.links()).isEmpty();
    }

    @Test
    void shouldNotLetAnotherOrganizationShareATraceByItsTimes() {
        pipeline.event(frontend(9, 1))
                .segment(segment(R, 0, 0, 9, T))
                .event(error(E, 3, T))
                .event(foreign(named(error(2, 3, T), R)))
                .event(foreign(error(3, 400, T)));

        assertThat(pipeline.links()).isEqualTo(Map.of(E, R));
    }

    @Test
    void shouldTeachNothingAcrossTraces() {
        BackendEvent teaching = error(2, 3, OWN_TRACE);
        teaching.setSentryTrace(id(T) + "-" + span(PAGE));
        teaching.setBaggage("sentry-replay_id=" + id(R) + ",sentry-trace_id=" + id(T));

        pipeline.event(teaching)
                .segment(segment(R, 0, 0, 9))
                .event(error(E, 3, OWN_TRACE))
                .event(error(3, 3, T));

        assertThat(pipeline.links()).isEqualTo(Map.of(2, R, 3, R));
    }

    @Test
    void shouldChooseTheNearestWhereThatIsWanted() {
        pipeline.close();
        pipeline = new Pipeline(settings(SharedTrace.NEAREST, 64, 2_000));

        pipeline.segment(segment(R, 0, 0, 9, T))
                .segment(segment(OTHER, 0, 30, 40, T))
                .event(error(E, 3, T));

        assertLinked(R, Method.TRACE);
        assertThat(pipeline.emittedLinks().get(0).getConfidence()).isEqualTo(0.6);
    }

    @Test
    void shouldTakeATraceWithTooManyVisitsForShared() {
        for (int visitor = 0; visitor <= 64; visitor++) {
            pipeline.segment(ofUser(segment(0x100 + visitor, 0, 0, 9, T), "user " + visitor, null));
        }
        pipeline.event(ofUser(error(E, 3, T), "user 3", null));

        assertUnlinked(UnlinkedReason.SHARED_TRACE, false);
    }

    @Test
    void shouldTakeATraceWithTooManySpansForShared() {
        pipeline.close();
        pipeline = new Pipeline(settings(SharedTrace.NONE, 64, 20));
        pipeline.segment(segment(R, 0, 0, 9, T)).event(error(E, 3, T));

        for (int call = 0; call <= 20; call++) {
            pipeline.event(call(0x100 + call, 3, T, 0x200 + call, 0));
        }

        assertThat(pipeline.links()).isEmpty();
    }

    @Test
    void shouldNotLetAnotherOrganizationsSpansCountAsOwn() {
        pipeline.close();
        pipeline = new Pipeline(settings(SharedTrace.NONE, 64, 20));
        pipeline.event(frontend(9, 1)).segment(segment(R, 0, 0, 9, T));
        for (int call = 0; call < 20; call++) {
            pipeline.event(foreign(call(0x100 + call, 3, T, 0x200 + call, 0)));
        }

        pipeline.event(call(2, 3, T, CALL, 0)).event(error(E, 3, T));

        assertThat(pipeline.links()).isEqualTo(Map.of(E, R, 2, R));
    }

    @Test
    void shouldFollowNoPathThroughASpanOfWhichTwoObservationsContradictEachOther() {
        pipeline.event(named(page(2, 3, T, PAGE), R))
                .event(call(3, 3, T, CALL, PAGE))
                .event(call(4, 3, T, CALL, 0x99))
                .segment(segment(R, 0, 0, 9))
                .segment(segment(OTHER, 0, 0, 9, T))
                .event(at(error(E, 3, T), CALL, 0));

        assertThat(pipeline.links()).doesNotContainKey(E);
    }

    @Test
    void shouldLeaveACycleOfSpans() {
        pipeline.span(segmentSpan(3, T, CALL, INNER))
                .span(segmentSpan(3, T, INNER, CALL))
                .event(at(error(E, 3, T), CALL, 0));

        assertUnlinked(UnlinkedReason.TRACE_NOT_SEEN, false);
    }

    @Test
    void shouldFollowNoPathThroughSpansOfAnotherOrganization() {
        BackendEvent forged = foreign(named(page(2, 3, T, PAGE), OTHER));

        pipeline.event(frontend(9, 1))
                .event(forged)
                .segment(segment(R, 0, 0, 9, T))
                .event(at(error(E, 3, T), 0x99, PAGE));

        assertThat(pipeline.links()).containsEntry(E, R);
    }

    @Test
    void shouldFollowASpanOnItsOwnTraceOnly() {
        pipeline.event(named(page(2, 3, OWN_TRACE, PAGE), OTHER))
                .segment(segment(OTHER, 0, 0, 9))
                .event(at(error(E, 3, T), 0x99, PAGE));

        assertUnlinked(UnlinkedReason.TRACE_NOT_SEEN, false);
    }

    @Test
    void shouldOnlyCountABufferingReplayThatIsNeverSent() {
        Span buffering = segmentSpan(3, T, PAGE, 0);
        buffering.setReplayId(id(R));
        buffering.setReplayIsBuffering(true);

        pipeline.span(buffering).endOfInput();

        assertThat(pipeline.unlinked()).isEmpty();
        assertThat(pipeline.count("replay.linker.unclaimed", "reason", "BUFFER_NOT_SENT"))
                .isEqualTo(1);
    }

    @Test
    void shouldFindALateUploadInSession() {
        double hours = 30 * 3_600;
        ReplaySegment late = segment(R, 0, 0, hours);
        late.setTimestampMs(at(60));
        BackendEvent error = named(error(E, 30), R);
        error.setReceivedMs(at(hours));

        pipeline.segment(late).event(error);

        assertThat(pipeline.emittedLinks()).singleElement().satisfies(link -> assertThat(link.getInSession())
                .isTrue());
    }

    @Test
    void shouldFindPhonesThreeDaysOffInSession() {
        for (int days : new int[] {-3, 3}) {
            double off = days * 86_400.0;
            ReplaySegment phone = segment(R + days, 0, off, 60);
            phone.setTimestampMs(at(60 + off));
            BackendEvent error = named(error(0x10 + days, 30 + off), R + days);
            error.setReceivedMs(at(31));

            pipeline.segment(phone).event(error);
        }

        assertThat(pipeline.emittedLinks()).hasSize(2).allSatisfy(link -> assertThat(link.getInSession())
                .isTrue());
    }

    private void assertLinked(int replay, Method method) {
        assertThat(pipeline.links()).containsEntry(E, replay);
        List<Link> all = pipeline.emittedLinks();
        assertThat(all.get(all.size() - 1).getMethod()).isEqualTo(method);
    }

    private void assertUnlinked(UnlinkedReason reason, boolean claimed) {
        pipeline.endOfInput();
        assertThat(pipeline.links()).doesNotContainKey(E);
        List<Unlinked> ofEvent = pipeline.unlinked().stream()
                .filter(unlinked -> unlinked.getEvent().getEventId().bytes()[15] == E)
                .toList();
        if (reason == UnlinkedReason.NO_EVIDENCE) {
            // Of a browser's error that claims nothing there is nothing to publish.
            assertThat(ofEvent).isEmpty();
            return;
        }
        assertThat(ofEvent).singleElement().satisfies(unlinked -> {
            assertThat(unlinked.getReason()).isEqualTo(reason);
            assertThat(unlinked.getClaimed()).isEqualTo(claimed);
        });
    }

    private static ReplaySegment naming(int replay, int event) {
        ReplaySegment segment = segment(replay, 0, 0, 9);
        segment.setErrorIds(List.of(id(event)));
        return segment;
    }

    private static ReplaySegment ofUser(ReplaySegment segment, String user, @Nullable String address) {
        segment.setUserId(user);
        segment.setUserAddress(address);
        return segment;
    }

    private static BackendEvent ofUser(BackendEvent event, @Nullable String user, @Nullable String address) {
        event.setUserId(user);
        event.setUserAddress(address);
        return event;
    }

    /** Asked for by a server's page, so that its trace did not begin with it. */
    private static BackendEvent below(BackendEvent page, int parent) {
        page.setParentSpanId(span(parent));
        return page;
    }

    private static BackendEvent lasting(BackendEvent call, double seconds) {
        call.setStartTimestampMs(call.getTimestampMs() - Math.round(seconds * 1_000));
        return call;
    }

    private static BackendEvent foreign(BackendEvent event) {
        event.setOrganizationId(2);
        event.setProjectId(66);
        return event;
    }

    private static JoinSettings settings(SharedTrace shared, int maxVisits, int maxSpans) {
        JoinSettings defaults = JoinSettings.defaults();
        return new JoinSettings(
                defaults.waitFor(),
                defaults.memory(),
                true,
                defaults.traceTolerance(),
                shared,
                maxVisits,
                maxSpans,
                defaults.tenancy(),
                ClaimSettings.defaults());
    }
}
