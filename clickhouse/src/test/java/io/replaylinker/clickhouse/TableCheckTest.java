package io.replaylinker.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableCheckTest {

    @Test
    void shouldReportMissingTablesAndTheCommandOnce() {
        assertThat(TableCheck.missing(List.of("replay_links", "replays", "link_coverage")))
                .singleElement()
                .hasToString("tables replay_links, replays, link_coverage do not exist;"
                        + " create them with the command tables --apply");
        assertThat(TableCheck.missing(List.of("replays")))
                .singleElement()
                .hasToString("table replays does not exist; bring it up to date with the command tables --apply");
        assertThat(TableCheck.missing(List.of())).isEmpty();
    }
}
