package io.replaylinker.clickhouse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.schemas.UnlinkedReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The dashboard over ClickHouse: every panel and variable, its macros replaced as Grafana's plugin replaces them, has an answer. */
class ClickHouseDashboardIT extends OnTables {

    private static final Path DASHBOARD = Path.of("../deploy/grafana/replay-linker-clickhouse.json");
    private static final Pattern MACRO = Pattern.compile("\\$__(\\w+)");
    private static final Pattern ALL = Pattern.compile("\\$__conditionalAll\\((.*?\\)), \\$(\\w+)\\)");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w+)(:csv)?}");

    @Test
    void shouldHaveTenPanelsOfGrafanasOwnPlugin() throws IOException {
        assertThat(ask("SELECT isValidJSON(%s)")).containsExactly("1");
        assertThat(ask("SELECT JSONExtractString(arrayJoin(JSONExtractArrayRaw(%s, 'panels')), 'datasource', 'type')"))
                .hasSize(10)
                .containsOnly("grafana-clickhouse-datasource");
        assertThat(ask("SELECT JSONExtractString(arrayJoin(JSONExtractArrayRaw(%s, 'panels')), 'title')"))
                .doesNotHaveDuplicates();
    }

    @Test
    void shouldAnswerEveryPanelAndVariable() throws IOException {
        insert(SampleReplayStates.replayState(0));
        insert(
                SampleLinks.builder(0)
                        .setEvent(SampleLinks.event(0)
                                .setPlatform("node")
                                .setGroupId(5L)
                                .build())
                        .build(),
                SampleLinks.builder(1)
                        .setEvent(SampleLinks.event(1)
                                .setPlatform("node")
                                .setType("transaction")
                                .setDurationMs(250L)
                                .build())
                        .build());
        insert(SampleReplayStates.unlinked(2, UnlinkedReason.REPLAY_NOT_SEEN));
        List<String> panels = texts("panels", "'targets', 1, 'rawSql'");
        // Without the choice of a data source.
        List<String> variables =
                texts("templating', 'list", "'query'").stream().skip(1).toList();

        assertThat(panels).hasSize(10).allSatisfy(sql -> {
            assertThat(database.queryInside(expanded(sql, true))).as(sql).isNotEmpty();
            assertThat(database.queryInside(expanded(sql, false))).as(sql).isNotEmpty();
            assertThat(sql).as("passes by what is not current").doesNotContain("replay_links", "link_coverage");
        });
        assertThat(variables).hasSize(2).allSatisfy(sql -> assertThat(database.queryInside(expanded(sql, true)))
                .as(sql)
                .isNotEmpty());
    }

    private static List<String> texts(String list, String path) throws IOException {
        return ask("SELECT base64Encode(JSONExtractString(arrayJoin(JSONExtractArrayRaw(%s, '" + list + "')), " + path
                        + "))")
                .stream()
                .map(text -> new String(Base64.getDecoder().decode(text), UTF_8))
                .toList();
    }

    /** The engine reads the JSON. */
    private static List<String> ask(String sql) throws IOException {
        return database.queryInside(sql.formatted(
                "base64Decode('" + Base64.getEncoder().encodeToString(Files.readAllBytes(DASHBOARD)) + "')"));
    }

    /** The SQL that the plugin sends, for the day of the samples. */
    private static String expanded(String sql, boolean chosen) {
        String expanded = ALL.matcher(sql).replaceAll(chosen ? "$1" : "1=1");
        expanded = expanded.replaceAll(
                        "\\$__timeFilter\\((\\w+)\\)",
                        "$1 >= toDateTime('2026-03-04 00:00:00') AND $1 <= toDateTime('2026-03-05 00:00:00')")
                .replaceAll("\\$__dateFilter\\((\\w+)\\)", "$1 >= toDate('2026-03-04') AND $1 <= toDate('2026-03-05')")
                .replaceAll("\\$__timeInterval\\((\\w+)\\)", "toStartOfInterval(toDateTime($1), INTERVAL 60 second)");
        assertThat(MACRO.matcher(expanded).results().map(MatchResult::group)).isEmpty();
        assertThat(VARIABLE.matcher(expanded).results().map(variable -> variable.group(1)))
                .isSubsetOf(Set.of("organization", "project"));
        return expanded.replace("${organization}", "1").replace("${project:csv}", "11,12");
    }
}
