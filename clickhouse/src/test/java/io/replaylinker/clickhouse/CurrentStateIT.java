package io.replaylinker.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What a run of reprocess knows before it reads its first record. */
class CurrentStateIT extends OnTables {

    /** The event that showed the organization may be long gone from Kafka. A replay that was never seen has the one of its link. */
    @Test
    void shouldReadOrganizationsFromLinksAndFromReplaysThatWereSeen() {
        insert(SampleLinks.link(1));
        String name = database.clickHouse().settings().database();
        database.execute("""
                INSERT INTO `%s`.replays (organization_id, project_id, day, replay_id, started_at, last_seen_at)
                VALUES (5, 77, '2026-10-05', 'aaaaaaaaaaaaaaaa', '2026-10-05 09:00:00', '2026-10-05 09:10:00'),
                       (6, 88, '2026-10-05', 'bbbbbbbbbbbbbbbb', '2026-10-05 09:00:00', '1970-01-01 00:00:00')""".formatted(name));

        try (TableReader reader = new TableReader(database.clickHouse())) {
            assertThat(new CurrentState(reader).affiliations())
                    .contains(new CurrentState.Affiliation(77, 5))
                    .hasSize(2)
                    .anyMatch(affiliation -> affiliation.projectId() == 11)
                    .doesNotContain(new CurrentState.Affiliation(88, 6));
        }
    }
}
