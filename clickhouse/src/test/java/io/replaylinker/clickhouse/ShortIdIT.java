package io.replaylinker.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A look-up by the first eight digits of an id reads a few granules of many, by the key or by an index. */
class ShortIdIT extends OnTables {

    private static final Pattern GRANULES = Pattern.compile("Granules: (\\d+)/(\\d+)");
    private static final DocumentedQueries QUERIES = new DocumentedQueries();

    /** A hundred granules of the links' table and some of each index table; ids are as random as real ones. */
    @BeforeEach
    void insertMany() {
        database.execute("INSERT INTO " + database.table()
                + " (organization_id, event_id, replay_id, trace_id, group_id, event_type, replay_started_at, received_at,"
                + " version) SELECT 1, MD5(concat('e', toString(number))), MD5(concat('r', toString(intDiv(number, 4)))),"
                + " MD5(concat('t', toString(intDiv(number, 2)))), 7, 'error', toDateTime64('2026-03-04 05:06:07', 3),"
                + " toDateTime64('2026-03-04 05:06:07', 3), 1 FROM numbers(820000)");
    }

    @Test
    void shouldFindAReplayByTheRangeOfItsKey() {
        String id = id("r77");

        assertThat(QUERIES.ask(database, "replay prefix", Map.of("replay", id.substring(0, 8))))
                .containsExactly(id);
        assertThat(shareRead("replay prefix", "replay", id)).isLessThan(0.05);
    }

    @Test
    void shouldFindTheStateOfAReplayByAnIndex() {
        String id = id("r77");

        assertThat(QUERIES.ask(database, "replay life", Map.of("replay", id.substring(0, 8))))
                .singleElement()
                .asString()
                .startsWith(id);
        assertThat(shareRead("replay life", "replay", id)).isLessThan(0.1);
    }

    @Test
    void shouldFindAnEventByAnIndex() {
        String id = id("e12345");

        assertThat(QUERIES.ask(database, "event", Map.of("event", id.substring(0, 8))))
                .singleElement()
                .asString()
                .startsWith(id);
        assertThat(shareRead("event", "event", id)).isLessThan(0.1);
    }

    @Test
    void shouldFindATraceByTheRangeOfItsKey() {
        String id = id("t999");

        assertThat(QUERIES.ask(database, "trace prefix", Map.of("trace", id.substring(0, 8))))
                .containsExactly(id);
        assertThat(shareRead("trace prefix", "trace", id)).isLessThan(0.05);
    }

    /** Granules that are left after all indexes, of all that there are. */
    private double shareRead(String query, String parameter, String id) {
        Map<String, ?> parameters = Map.of(parameter, id.substring(0, 8));
        String plan = String.join("\n", QUERIES.explain(database, query, parameters));
        MatchResult[] steps = GRANULES.matcher(plan).results().toArray(MatchResult[]::new);
        assertThat(steps).as(plan).isNotEmpty();
        double all = Double.parseDouble(steps[0].group(2));
        assertThat(all).as("enough to tell a search from a scan").isGreaterThan(40);
        return Double.parseDouble(steps[steps.length - 1].group(1)) / all;
    }

    private String id(String text) {
        return database.queryInside("SELECT lower(hex(MD5('" + text + "')))").get(0);
    }
}
