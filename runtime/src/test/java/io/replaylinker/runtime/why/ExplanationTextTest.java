package io.replaylinker.runtime.why;

import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.schemas.Claim;
import io.replaylinker.schemas.Evidence;
import io.replaylinker.schemas.EvidenceSource;
import io.replaylinker.schemas.Method;
import io.replaylinker.schemas.UnlinkedReason;
import io.replaylinker.schemas.Verdict;
import io.replaylinker.serdes.Ids;
import io.replaylinker.topology.join.Explanation;
import io.replaylinker.topology.join.Explanation.PathEnd;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExplanationTextTest {

    private static final String R = Ids.hex(Explanations.R);
    private static final String S = Ids.hex(Explanations.S);
    private static final String T = Ids.hex(Explanations.T);

    @Test
    void shouldShowThePathSpanBySpanToThePageThatNamesAReplay() {
        // Given
        Explanation bySpan = Explanations.chosen(
                List.of(Explanations.SERVER, Explanations.page(Explanations.R)),
                PathEnd.REPLAY,
                List.of(Explanations.replay(Explanations.R, false), Explanations.replay(Explanations.S, false)),
                Method.SPAN,
                0.98);

        // When
        List<String> lines = ExplanationText.lines(bySpan);

        // Then
        assertThat(lines)
                .containsExactly(
                        "Event " + Explanations.EVENT
                                + " of project 22, happened 2026-03-04 12:00:00.000 UTC, received 2026-03-04 12:00:01.000 UTC",
                        "  carries no replay id",
                        "  looked up on trace " + T + ", below span b1cd9e66f8012345",
                        "  path: span b1cd9e66f8012345, project 22, server, a call, names no replay",
                        "  path: span a9e0000000000001, project 11, browser or app, a page load or navigation, names replay "
                                + R,
                        "  path ends at a span that names a replay",
                        "  visit: replay " + R
                                + ", seen here from 2026-03-04 11:59:00.000 UTC to 2026-03-04 12:01:00.000 UTC,"
                                + " the event lies inside",
                        "  visit: replay " + S
                                + ", seen here from 2026-03-04 11:59:00.000 UTC to 2026-03-04 12:01:00.000 UTC,"
                                + " the event lies inside",
                        "  chosen by span: replay " + R
                                + ", confidence 0.98, because the path of spans above the event leads to one that names the replay",
                        "  may change until the watermark of the replay stream has passed 2026-03-04 12:00:00.000 UTC");
    }

    @Test
    void shouldNameTheRuleByWhichATraceWasEnough() {
        List<Explanation.SeenVisit> one = List.of(Explanations.replay(Explanations.R, false));

        assertThat(ExplanationText.lines(Explanations.chosen(List.of(), PathEnd.OPEN, one, Method.TRACE, 0.9)))
                .contains("  path ends immediately: no span above the event was seen")
                .anyMatch(line -> line.endsWith("because it is the only visit of the trace, and no path contradicts"));
        assertThat(ExplanationText.lines(
                        Explanations.chosen(List.of(Explanations.page(null)), PathEnd.VISIT, one, Method.TRACE, 0.9)))
                .contains("  path ends in a browser or app that names no replay")
                .anyMatch(line -> line.endsWith("the trace has only one replay, which no page load names"));
        assertThat(ExplanationText.lines(Explanations.chosen(
                        List.of(Explanations.SERVER),
                        PathEnd.OPEN,
                        List.of(Explanations.replay(Explanations.R, false), Explanations.replay(Explanations.S, false)),
                        Method.TRACE,
                        0.6)))
                .contains("  path ends here: the span above was not seen")
                .anyMatch(line -> line.endsWith("it is the nearest in time (trace.shared=nearest)"));
    }

    @Test
    void shouldShowWhichVisitIsTheUsers() {
        Explanation byUser = Explanations.chosen(
                List.of(),
                PathEnd.OPEN,
                List.of(Explanations.replay(Explanations.R, true), Explanations.unnamed()),
                Method.USER,
                0.7);

        assertThat(ExplanationText.lines(byUser))
                .anyMatch(line -> line.startsWith("  visit: replay " + R) && line.endsWith(", of the event's user"))
                .anyMatch(line ->
                        line.startsWith("  visit: page load a9e0000000000001 that names no replay, seen here from ")
                                && line.endsWith("the event lies 12.345 s outside"))
                .anyMatch(line ->
                        line.endsWith("because of all visits on the trace only this one names the event's user"));
    }

    @Test
    void shouldReportWhatWouldHaveBeenNeededOnASharedTrace() {
        Explanation shared = Explanations.missing(
                List.of(),
                PathEnd.OPEN,
                List.of(Explanations.replay(Explanations.R, false), Explanations.replay(Explanations.S, false)),
                UnlinkedReason.SHARED_TRACE);

        assertThat(ExplanationText.lines(shared))
                .contains(
                        "  not chosen, because neither a path, nor being the only visit, nor the user ties it to one of the visits",
                        "  no link: SHARED_TRACE, " + ReasonText.meaning(UnlinkedReason.SHARED_TRACE))
                .anyMatch(line -> line.startsWith("  needed: spans of the services between"));
    }

    @Test
    void shouldDistinguishAnUnrecordedPageFromAnUnrecordedVisitOfTheUser() {
        List<Explanation.SeenVisit> visits =
                List.of(Explanations.replay(Explanations.R, false), Explanations.unnamed());

        assertThat(ExplanationText.lines(Explanations.missing(
                        List.of(Explanations.page(null)), PathEnd.VISIT, visits, UnlinkedReason.UNRECORDED_VISIT)))
                .anyMatch(
                        line -> line.startsWith("  not chosen, because the path ends at a page that names no replay"));
        assertThat(ExplanationText.lines(
                        Explanations.missing(List.of(), PathEnd.OPEN, visits, UnlinkedReason.UNRECORDED_VISIT)))
                .anyMatch(line -> line.startsWith("  not chosen, because the only visit of the event's user is"));
    }

    @Test
    void shouldReportWhatACrowdedTraceIs() {
        assertThat(ExplanationText.lines(Explanations.crowded()))
                .contains(
                        "  visit: 2 more of other organizations, or of projects whose organization is unknown",
                        "  visit: there are more visits or spans than are kept",
                        "  not chosen, because a trace with so many visits or spans links nothing"
                                + " (trace.max-visits, trace.max-spans)",
                        "  was published as unlinked; later observations until 2026-03-04 12:00:00.000 UTC still lead to a link");
    }

    @Test
    void shouldReportWhatEachLookupCameToAndWhoNamesTheEvent() {
        // Given
        Claim claim = Explanations.claim();
        claim.setByEvent(true);
        Verdict shared = new Verdict();
        shared.setLookup(0);
        shared.setMethod(Method.UNKNOWN);
        shared.setReason(UnlinkedReason.SHARED_TRACE);
        claim.setVerdicts(List.of(shared));
        Explanation named = new Explanation.AmongLookups(
                claim, List.of(Explanations.R), Explanations.R, Method.ERROR_ID, null, Explanations.NOON_MS, false);

        // When / Then
        assertThat(ExplanationText.lines(named))
                .contains(
                        "  carries no replay id; its recorder may name it",
                        "  recorders that name it: " + R,
                        "  trace " + T + ": SHARED_TRACE",
                        "  chosen by recorder: replay " + R
                                + ", because the recorder of the replay names the event among those that it sent");
    }

    @Test
    void shouldReportWhereTheIdsOfAnEventStood() {
        // Given
        Claim claim = Explanations.claim();
        claim.setReplayId(Explanations.R);
        claim.setMethod(Method.REPLAY_ID);
        claim.setEvidence(List.of(
                new Evidence(EvidenceSource.CONTEXT, Explanations.R, Explanations.T),
                new Evidence(EvidenceSource.BAGGAGE, Explanations.S, null)));

        // When / Then
        assertThat(ExplanationText.lines(ofReplay(claim, UnlinkedReason.REPLAY_NOT_SEEN)))
                .contains(
                        "  carries replay " + R + ", from its replay context",
                        "  carries replay " + S + ", from its request's baggage",
                        "  seen of the replay: nothing",
                        "  no link: REPLAY_NOT_SEEN, no segment of the replay was seen");
    }

    @ParameterizedTest
    @EnumSource(
            value = UnlinkedReason.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"UNKNOWN", "ARCHIVED"})
    void shouldHaveAdviceForEveryReason(UnlinkedReason reason) {
        assertThat(ReasonText.meaning(reason)).isNotBlank();
        assertThat(ExplanationText.lines(ofReplay(Explanations.claim(), reason)))
                .contains("  no link: " + reason + ", " + ReasonText.meaning(reason))
                .contains("  " + ReasonText.advice(reason));
        assertThat(ReasonText.advice(reason)).containsAnyOf("needed: ", "nothing to fix");
    }

    private static Explanation ofReplay(Claim claim, @Nullable UnlinkedReason reason) {
        return new Explanation.OfReplay(claim, List.of(), true, false, reason, Explanations.NOON_MS, false);
    }
}
