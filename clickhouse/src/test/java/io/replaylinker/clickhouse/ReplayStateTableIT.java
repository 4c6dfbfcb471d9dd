package io.replaylinker.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.schemas.ReplayState;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReplayStateTableIT extends OnTables {

    private static final long START_MS = SampleLinks.START_MS;
    private static final DocumentedQueries QUERIES = new DocumentedQueries();

    @Test
    void shouldKeepEveryFieldOfAState() {
        insert(SampleReplayStates.builder(1)
                .setOrganizationId(-1)
                .setArchived(true)
                .setReplayType("buffer")
                .setPlatform("javascript")
                .setRelease("shop@1.2.3")
                .setEnvironment("production")
                .build());

        assertThat(database.queryInside("SELECT organization_id, project_id, day, lower(hex(replay_id)), started_at,"
                        + " last_seen_at, last_segment_id, archived, replay_type, platform, release, environment,"
                        + " first_event_at, worst_level, kinds, retention_days, received_at, ingested_at FROM replays"))
                .containsExactly(String.join(
                        "\t",
                        "18446744073709551615",
                        "12",
                        "2026-03-04",
                        SampleLinks.replayHex(1),
                        "2026-03-04 05:06:07.890",
                        "2026-03-04 05:07:37.890",
                        "17",
                        "1",
                        "buffer",
                        "javascript",
                        "shop@1.2.3",
                        "production",
                        "\\N",
                        "0",
                        "0",
                        "90",
                        "2026-03-04 05:07:37.890",
                        "2026-03-04 05:08:07.890"));
    }

    @Test
    void shouldJoinTheStateWithWhatIsLinkedToIt() {
        insert(SampleReplayStates.replayState(0));
        insert(
                SampleLinks.link(0),
                SampleLinks.builder(1)
                        .setEvent(SampleLinks.event(1)
                                .setLevel("fatal")
                                .setPlatform("javascript")
                                .setTimestampMs(START_MS + 20_000)
                                .build())
                        .build(),
                SampleLinks.builder(2)
                        .setEvent(SampleLinks.event(2).setType("transaction").build())
                        .build());

        assertThat(database.queryInside("SELECT last_segment_id, first_event_at, last_event_at, worst_level, kinds,"
                        + " finalizeAggregation(errors) FROM replays FINAL"))
                .containsExactly("17\t2026-03-04 05:06:17.890\t2026-03-04 05:06:27.890\t5\t7\t2");
    }

    @Test
    void shouldReturnTheStateWhetherItsOrganizationWasKnownOrNot() {
        ReplayState nobodys = SampleReplayStates.builder(1).setOrganizationId(0).build();
        ReplayState later = SampleReplayStates.builder(1)
                .setLastSeenMs(START_MS + 200_000)
                .setLastSegmentId(40)
                .build();

        insert(nobodys, later);

        assertThat(replayState(SampleLinks.replayHex(1).substring(0, 8)))
                .containsExactly(SampleLinks.replayHex(1)
                        + "\t12\t1\t2026-03-04 05:06:07.890\t2026-03-04 05:09:27.890\t0\t41\t\t\t");
    }

    @Test
    void shouldRememberThatAReplayWasArchivedWhateverComesLater() {
        insert(SampleReplayStates.builder(1).setArchived(true).build());

        insert(SampleReplayStates.builder(1).setLastSeenMs(START_MS + 200_000).build());

        assertThat(replayState(SampleLinks.replayHex(1)))
                .singleElement()
                .asString()
                .contains("\t1\t18\t");
    }

    @Test
    void shouldKnowAReplayByTheStartItHasNow() {
        long midnight = 1_772_582_400_000L;
        ReplayState late = SampleReplayStates.builder(1)
                .setStartedMs(midnight + 1_000)
                .setLastSeenMs(midnight + 90_000)
                .build();
        ReplayState early = SampleReplayStates.builder(1)
                .setStartedMs(midnight - 1_000)
                .setLastSeenMs(midnight + 30_000)
                .build();
        insert(late, early);
        insert(SampleLinks.builder(3)
                .setReplayStartedMs(midnight + 1_000)
                .setEvent(SampleLinks.event(3).setPlatform("node").build())
                .build());

        assertThat(replaysOf("2026-03-04")).isEmpty();
        assertThat(replaysOf("2026-03-03"))
                .containsExactly(SampleLinks.replayHex(1) + "\t2026-03-03 23:59:59.000\t2026-03-04 00:01:30.000");
    }

    private List<String> replayState(String replay) {
        return QUERIES.ask(database, "replay life", Map.of("replay", replay));
    }

    private List<String> replaysOf(String day) {
        return QUERIES.ask(database, "replays", Map.of("from", day, "until", day));
    }
}
