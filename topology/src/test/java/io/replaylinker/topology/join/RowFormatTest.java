package io.replaylinker.topology.join;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.replaylinker.schemas.BackendEvent;
import io.replaylinker.schemas.Claim;
import io.replaylinker.schemas.ErrorNaming;
import io.replaylinker.schemas.Id;
import io.replaylinker.schemas.Sighting;
import io.replaylinker.schemas.UnlinkedReason;
import io.replaylinker.serdes.AvroBinary;
import io.replaylinker.serdes.Ids;
import io.replaylinker.topology.Samples;
import io.replaylinker.topology.claim.ClaimOddities;
import io.replaylinker.topology.claim.ClaimReader;
import io.replaylinker.topology.claim.ClaimSettings;
import io.replaylinker.topology.claim.UserHashes;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The rows of running installations can be read. {@code rows-v2.properties} holds the bytes of the first form that is released: a
 * new form gets a new version byte, a file of its own, and goes on reading this one.
 */
class RowFormatTest {

    private static final String RELEASED = "rows-v2.properties";

    private final AvroBinary<Claim> claims = new AvroBinary<>(Claim.getClassSchema());

    @Test
    void shouldReadATraceOfBefore() {
        assertThat(hex(trace().toBytes())).isEqualTo(hex(released("trace")));
        assertThat(TraceRow.read(released("trace"))).isEqualTo(trace());
    }

    @Test
    void shouldReadASpanOfBefore() {
        assertThat(hex(span().toBytes())).isEqualTo(hex(released("span")));
        assertThat(SpanNode.read(released("span"))).isEqualTo(span());
    }

    @Test
    void shouldReadAnEventInResolveOfBefore() {
        assertThat(hex(onTrace().toBytes(claims))).isEqualTo(hex(released("event-on-trace")));
        assertThat(ResolvedRow.read(released("event-on-trace"), claims)).isEqualTo(onTrace());
    }

    @Test
    void shouldReadAnEventInConfirmOfBefore() {
        assertThat(hex(ofReplay().toBytes(claims))).isEqualTo(hex(released("event-of-replay")));
        assertThat(ClaimRow.read(released("event-of-replay"), claims)).isEqualTo(ofReplay());
    }

    @Test
    void shouldReadAReplayOfBefore() {
        assertThat(hex(replay().toBytes())).isEqualTo(hex(released("replay")));
        assertThat(ReplayRow.read(released("replay"))).isEqualTo(replay());
    }

    @Test
    void shouldReadWhoNamesAnEventOfBefore() {
        byte[] key = Keys.of(Keys.SEEN, id(1));
        HeapRows before = new HeapRows();
        before.put(key, released("naming"));

        HeapRows now = new HeapRows();
        KnownRows known = new KnownRows(now, 64);
        Deadlines deadlines = new Deadlines(new HeapRows(), known, row -> {});
        Affiliations affiliations = new Affiliations(now, Tenancy.LEARN);
        new Namings(now, JoinSettings.defaults(), deadlines, affiliations).add(naming(), 48);

        assertThat(hex(Objects.requireNonNull(now.get(key)))).isEqualTo(hex(released("naming")));
        assertThat(Namings.of(before, affiliations, claim().getEvent())).containsExactly(id(0xa));
    }

    @Test
    void shouldRefuseARowOfAnotherRelease() {
        for (String name : List.of("trace", "span", "event-on-trace", "event-of-replay", "replay", "naming")) {
            for (int version : new int[] {released(name)[0] - 1, 9}) {
                byte[] other = released(name);
                other[0] = (byte) version;

                assertThatThrownBy(() -> read(name, other))
                        .as(name)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessage("State row of version " + version + ", this release reads " + released(name)[0]
                                + ": the state was written by another release, which this one cannot follow");
            }
        }
    }

    /** Claims changed within rows whose own fields did not: of each the version is above that of the release before. */
    @Test
    void shouldHaveRaisedTheVersionWhereAFormOfTheReleaseBeforeChanged() {
        assertThat(Stream.of("trace", "event-on-trace", "event-of-replay", "replay"))
                .allSatisfy(name -> assertThat(released(name)[0]).as(name).isEqualTo((byte) 2));
    }

    private Object read(String name, byte[] row) {
        return switch (name) {
            case "trace" -> TraceRow.read(row);
            case "span" -> SpanNode.read(row);
            case "event-on-trace" -> ResolvedRow.isWaiting(row) ? row : ResolvedRow.read(row, claims);
            case "event-of-replay" -> ClaimRow.isWaiting(row, claims) ? row : ClaimRow.read(row, claims);
            case "replay" -> ReplayRow.read(row);
            default -> {
                HeapRows rows = new HeapRows();
                rows.put(Keys.of(Keys.SEEN, id(1)), row);
                yield Namings.of(rows, new Affiliations(rows, Tenancy.LEARN), claim().getEvent());
            }
        };
    }

    @Test
    void shouldKnowTheDeadlineOfEveryRow() {
        assertThat(List.of("trace", "span", "event-on-trace", "event-of-replay", "replay", "naming"))
                .extracting(name -> RowHead.dueMs(released(name)))
                .containsExactly(
                        trace().scheduledMs(),
                        span().keepUntilMs(),
                        onTrace().dueMs(),
                        ofReplay().dueMs(),
                        replay().dueMs(),
                        naming().getSeenMs() + JoinSettings.defaults().memory().toMillis());
    }

    @Test
    void shouldKnowWhoWaitsInResolve() {
        ResolvedRow fresh = ResolvedRow.unresolved(claim(), Decision.TRACE_NOT_SEEN, 9_000, 43);
        ResolvedRow chosen = fresh.decide(Choices.Choice.of(Decision.byTrace(id(0xa), Decision.ONE_VISIT)), 0, 44);
        ResolvedRow withdrawn = chosen.decide(Choices.Choice.of(Decision.none(UnlinkedReason.SHARED_TRACE)), 1, 45);

        assertThat(Stream.of(fresh, withdrawn, chosen, fresh.closedUntil(1), chosen.closedUntil(1), onTrace()))
                .allSatisfy(row ->
                        assertThat(ResolvedRow.isWaiting(row.toBytes(claims))).isEqualTo(row.isWaiting()))
                .extracting(ResolvedRow::isWaiting)
                .containsExactly(true, true, false, false, false, false);
    }

    @Test
    void shouldKnowWhoWaitsInConfirm() {
        ClaimRow fresh = ClaimRow.of(claim(), 9_000, 46);
        ClaimRow.LinkFacts facts = Objects.requireNonNull(ofReplay().told());
        ClaimRow linked = fresh.telling(facts, false, 1);
        ClaimRow takenBack = fresh.telling(facts, true, 2);
        Claim gone = claim();
        gone.setWithdrawn(true);
        ClaimRow withdrawn = fresh.revised(gone, fresh.dueMs(), 47);

        assertThat(Stream.of(
                        fresh, takenBack, linked, withdrawn, fresh.closedUntil(1), linked.closedUntil(1), ofReplay()))
                .allSatisfy(row -> assertThat(ClaimRow.isWaiting(row.toBytes(claims), claims))
                        .isEqualTo(row.isWaiting()))
                .extracting(ClaimRow::isWaiting)
                .containsExactly(true, true, false, false, false, false, false);
    }

    private static TraceRow trace() {
        return TraceRow.NOTHING
                .with(visit(-1, id(0xa), 0, true, Long.MAX_VALUE), 64)
                .with(visit(11, null, 0x50, false, 1_200), 64)
                .crowded(new TraceRow.Crowd(-2, 8_000, true, true), 64)
                .changedAt(42)
                .withSweep(6_000)
                .scheduled(5_000);
    }

    private static Visit visit(long observer, @Nullable Id replay, long root, boolean named, long rootMs) {
        return new Visit(
                observer,
                replay,
                root,
                named,
                !named,
                Visit.set(named ? 80L : null),
                rootMs,
                Visit.set(77L),
                Visit.set(-78L),
                1_000,
                2_000,
                7_000);
    }

    private static SpanNode span() {
        return new SpanNode(-1, 11, 0x51, 0x50, id(0xa), true, false, true, true, false, 1_000, 2_000, 9_000, 49);
    }

    private static ResolvedRow onTrace() {
        Decision pathless = Decision.pathless(id(0xb), 1_234, true);
        return ResolvedRow.unresolved(claim(), Decision.TRACE_NOT_SEEN, 9_000, 43)
                .decide(Choices.Choice.of(Decision.bySpan(id(0xa), true)), 0, 44)
                .decide(Choices.Choice.of(pathless), 1, 45)
                .withPath(true, 8_000)
                .closedUntil(10_000);
    }

    private static ClaimRow ofReplay() {
        return ClaimRow.of(claim(), 9_000, 46)
                .telling(new ClaimRow.LinkFacts(11, 1_000, 90, 1.0, false, true, 3_000), true, 77)
                .closedUntil(10_000);
    }

    private static ReplayRow replay() {
        Sighting sighting = new Sighting();
        sighting.setReplayId(id(0xa));
        sighting.setProof(true);
        sighting.setProjectId(11);
        sighting.setStartedMs(1_000);
        sighting.setDeviceMs(1_900);
        sighting.setSeenMs(2_000);
        sighting.setSegmentId(3);
        sighting.setRetentionDays(90);
        sighting.setReplayType("session");
        sighting.setPlatform("javascript");
        sighting.setRelease("shop@1.0");
        sighting.setUser(77L);
        sighting.setAddress(-78L);
        return ReplayRow.unseen()
                .with(sighting, 7_000, 47)
                .withLifeTold(2_000)
                .withNextOutsider(6_000)
                .with(new Extent(id(7), 1, 1_100, 1_800, Visit.set(77L)));
    }

    private static ErrorNaming naming() {
        ErrorNaming naming = new ErrorNaming();
        naming.setEventId(id(1));
        naming.setReplayId(id(0xa));
        naming.setOrganizationId(1);
        naming.setProjectId(11);
        naming.setSeenMs(2_000);
        return naming;
    }

    private static Claim claim() {
        BackendEvent event = Samples.at(Samples.named(Samples.error(1, 3, 0x7), 0xa), 0x51, 0x50);
        event.setUserId("u1");
        event.setUserAddress("203.0.113.9");
        event.setSentryTrace(Samples.id(8) + "-" + Samples.span(0x52) + "-1-01");
        return Objects.requireNonNull(
                new ClaimReader(ClaimSettings.defaults(), new UserHashes(new byte[] {1}), ClaimOddities.NONE)
                        .read(event, Samples.at(3)));
    }

    private static Id id(int number) {
        return Objects.requireNonNull(Ids.parse(Samples.id(number)));
    }

    private static String hex(byte[] row) {
        return HexFormat.of().formatHex(row);
    }

    private static byte[] released(String name) {
        Properties rows = new Properties();
        try (var in = Objects.requireNonNull(RowFormatTest.class.getResourceAsStream(RELEASED))) {
            rows.load(new InputStreamReader(in, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return HexFormat.of().parseHex(rows.getProperty(name));
    }
}
