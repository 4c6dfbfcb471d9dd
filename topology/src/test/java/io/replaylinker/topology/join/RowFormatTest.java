package io.replaylinker.topology.join;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.replaylinker.schemas.Claim;
import io.replaylinker.schemas.Id;
import io.replaylinker.schemas.Sighting;
import io.replaylinker.serdes.AvroBinary;
import io.replaylinker.topology.Samples;
import io.replaylinker.topology.claim.ClaimOddities;
import io.replaylinker.topology.claim.ClaimReader;
import io.replaylinker.topology.claim.ClaimSettings;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The rows of running installations can be read. {@code rows-v1.properties} holds the bytes that this form had when it was released:
 * a new form gets a new version byte, a file of its own, and goes on reading this one.
 */
class RowFormatTest {

    private static final String RELEASED = "rows-v1.properties";

    private final AvroBinary<Claim> claims = new AvroBinary<>(Claim.getClassSchema());

    @Test
    void shouldReadATraceOfBefore() {
        TraceRow row = TraceRow.read(released("trace"));

        assertThat(row).isEqualTo(trace());
        assertThat(row.toBytes()).isEqualTo(released("trace"));
    }

    @Test
    void shouldReadAnEventInResolveOfBefore() {
        ResolvedRow row = ResolvedRow.read(released("event-on-trace"), claims);

        assertThat(row).isEqualTo(onTrace());
        assertThat(row.toBytes(claims)).isEqualTo(released("event-on-trace"));
    }

    @Test
    void shouldReadAnEventInConfirmOfBefore() {
        ClaimRow row = ClaimRow.read(released("event-of-replay"), claims);

        assertThat(row).isEqualTo(ofReplay());
        assertThat(row.toBytes(claims)).isEqualTo(released("event-of-replay"));
    }

    @Test
    void shouldReadAReplayOfBefore() {
        ReplayRow row = ReplayRow.read(released("replay"));

        assertThat(row).isEqualTo(replay());
        assertThat(row.toBytes()).isEqualTo(released("replay"));
    }

    @Test
    void shouldRefuseARowOfALaterRelease() {
        byte[] later = released("trace");
        later[0] = 9;

        assertThatThrownBy(() -> ResolvedRow.isWaiting(later)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> ClaimRow.isWaiting(later, claims)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> TraceRow.read(later))
                .hasMessage("State row of version 9, this release reads 1: the state was written by another release,"
                        + " which this one cannot follow");
    }

    @Test
    void shouldKnowTheDeadlineOfEveryRow() {
        assertThat(List.of("trace", "event-on-trace", "event-of-replay", "replay"))
                .extracting(name -> RowHead.dueMs(released(name)))
                .containsExactly(trace().dueMs(), onTrace().dueMs(), ofReplay().dueMs(), replay().dueMs());
    }

    @Test
    void shouldKnowWhoWaitsInResolve() {
        ResolvedRow fresh = ResolvedRow.unresolved(claim(), 9_000, 43);
        ResolvedRow chosen = fresh.choose(id(0xa), Ranking.ONE_CANDIDATE, 0, 44);
        ResolvedRow withdrawn = chosen.choose(null, 0, 1, 45);

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
        ClaimRow withdrawn =
                fresh.revised(Claim.newBuilder(claim()).setWithdrawn(true).build(), 47);

        assertThat(Stream.of(
                        fresh, takenBack, linked, withdrawn, fresh.closedUntil(1), linked.closedUntil(1), ofReplay()))
                .allSatisfy(row -> assertThat(ClaimRow.isWaiting(row.toBytes(claims), claims))
                        .isEqualTo(row.isWaiting()))
                .extracting(ClaimRow::isWaiting)
                .containsExactly(true, true, false, false, false, false, false);
    }

    private static TraceRow trace() {
        return TraceRow.of(new TraceRow.Witness(11, id(0xa), 1_000, 2_000, 7_000), 42, true)
                .with(new TraceRow.Witness(-1, id(0xb), 1_500, 2_500, 7_500), 1)
                .with(new TraceRow.Witness(-1, id(0xc), 1_500, 2_500, 8_000), 1);
    }

    private static ResolvedRow onTrace() {
        return ResolvedRow.unresolved(claim(), 9_000, 43)
                .choose(id(0xa), Ranking.ONE_CANDIDATE, 0, 44)
                .choose(id(0xb), Ranking.TIME_CHOSE, 1, 45)
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
        sighting.setOrganizationId(0);
        sighting.setProjectId(11);
        sighting.setStartedMs(1_000);
        sighting.setSeenMs(2_000);
        sighting.setSegmentId(3);
        sighting.setArchived(false);
        sighting.setRetentionDays(90);
        sighting.setReplayType("session");
        sighting.setPlatform("javascript");
        sighting.setRelease("shop@1.0");
        sighting.setEnvironment(null);
        return ReplayRow.unseen().with(sighting, 7_000, 47).withLifeTold(2_000).withNextOutsider(6_000);
    }

    private static Claim claim() {
        return Objects.requireNonNull(new ClaimReader(ClaimSettings.defaults(), ClaimOddities.NONE)
                .read(Samples.named(Samples.error(1, 3, 0x7), 0xa), Samples.at(3)));
    }

    private static Id id(int number) {
        return new Id(HexFormat.of().parseHex(Samples.id(number)));
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
