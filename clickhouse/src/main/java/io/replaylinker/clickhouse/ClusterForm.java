package io.replaylinker.clickhouse;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The DDL of the tables for a cluster. Each table becomes two: {@code NAME_local} holds the rows of one shard, and the Distributed table
 * {@code NAME} spreads inserts over the shards and gathers reads. The program uses {@code NAME} as on a single server.
 *
 * <p>Rows that must collapse have to be on the same shard. All versions of a link, and all rows that views derive from a link, share its
 * replay. Therefore inserts are sharded by replay, and views write to their own shard. This class handles only the project's own migrations
 * in their one style, and leaves their text and checksums unchanged.
 */
final class ClusterForm implements TableForm {

    private static final Pattern COMMENT_LINE = Pattern.compile("(?m)^--.*\\R");
    /** A Distributed table has no ORDER BY. */
    private static final Pattern ORDER = Pattern.compile(",\\s*MODIFY ORDER BY \\([^)]*\\)");

    /** In the name of each materialized view, as in {@code replays_from_links}. A view has no local form of its own. */
    private static final String FILLING = "_from_";

    private static final Pattern ENGINE = Pattern.compile("\\bENGINE = (\\w*MergeTree)\\b");
    private static final String BY_REPLAY = "cityHash64(`replay_id`)";

    /** The sharding keys of tables in which some rows have no replay, or most rows have the same one. */
    private static final Map<String, String> SHARDED_BY = Map.ofEntries(
            Map.entry("replay_linker_migrations", "cityHash64(`version`)"),
            Map.entry("link_freshness", "cityHash64(`organization_id`)"),
            // Unlinked events have no replay. The rows of an event may be on two shards; reads bring them together.
            Map.entry("link_coverage", "cityHash64(`event_id`)"),
            // By what the views group by or look up; only trace_records is inserted into.
            Map.entry("trace_records", "cityHash64(`trace_id`)"),
            Map.entry("trace_nodes", "cityHash64(`trace_id`)"),
            Map.entry("traces_by_id", "cityHash64(`trace_id`)"),
            Map.entry("errors_by_issue", "cityHash64(`trace_id`)"),
            Map.entry("trace_spans", "cityHash64(`trace_id`)"),
            Map.entry("error_details", "cityHash64(`trace_id`)"),
            Map.entry("issues", "cityHash64(`group_id`)"),
            Map.entry("issue_counts", "cityHash64(`group_id`)"),
            Map.entry("issue_frames", "cityHash64(`group_id`)"),
            Map.entry("issue_changes", "cityHash64(`project_id`)"),
            Map.entry("link_coverage_hourly", "cityHash64(`organization_id`, `hour`, `event_project_id`, `origin`)"));

    private final String database;
    private final Cluster cluster;
    private final Pattern name;

    ClusterForm(String database, Cluster cluster) {
        this.database = database;
        this.cluster = cluster;
        this.name = Pattern.compile(Pattern.quote(Quoting.name(database)) + "\\.`(\\w+)`");
    }

    @Override
    public String createDatabase() {
        return "CREATE DATABASE IF NOT EXISTS " + Quoting.name(database) + onCluster();
    }

    @Override
    public List<String> statements(String statement) {
        String bare = COMMENT_LINE.matcher(statement).replaceAll("");
        if (bare.startsWith("CREATE TABLE ")) {
            return List.of(onCluster(local(engine(statement))), distributed(statement));
        }
        if (bare.startsWith("ALTER TABLE ") && firstName(bare).contains(FILLING)) {
            return List.of(onCluster(statement));
        }
        if (bare.startsWith("ALTER TABLE ")) {
            // Only the tables that hold rows have skip indexes.
            boolean columns = bare.contains(" COLUMN ");
            String local = onCluster(local(statement));
            return columns ? List.of(local, onCluster(ORDER.matcher(bare).replaceAll(""))) : List.of(local);
        }
        if (bare.startsWith("CREATE MATERIALIZED VIEW ") && !bare.contains("REFRESH EVERY ")) {
            return List.of(onCluster(localBehindFirst(statement)));
        }
        // A refreshed view must read the Distributed tables, because the rows of an event may be on two shards.
        boolean isDefinition = bare.startsWith("CREATE ") || bare.startsWith("DROP ");
        return List.of(isDefinition ? onCluster(statement) : statement);
    }

    @Override
    public String stored(String table) {
        return Quoting.name(database) + "." + Quoting.name(table + "_local") + onCluster();
    }

    @Override
    public String storedName(String table) {
        return table + "_local";
    }

    private String distributed(String statement) {
        String table = firstName(statement);
        return "CREATE TABLE IF NOT EXISTS " + Quoting.name(database) + "." + Quoting.name(table) + onCluster() + " AS "
                + Quoting.name(database) + "." + Quoting.name(table + "_local")
                + "\nENGINE = Distributed(" + Quoting.text(cluster.name()) + ", " + Quoting.text(database) + ", "
                + Quoting.text(table + "_local") + ", " + SHARDED_BY.getOrDefault(table, BY_REPLAY) + ")";
    }

    private String engine(String statement) {
        return cluster.replicated()
                ? ENGINE.matcher(statement)
                        .replaceFirst("ENGINE = Replicated$1")
                        .replace(" non_replicated_deduplication_window", " replicated_deduplication_window")
                : statement;
    }

    private String onCluster(String statement) {
        return name.matcher(statement).replaceFirst(match -> Matcher.quoteReplacement(match.group() + onCluster()));
    }

    private String local(String statement) {
        return name.matcher(statement)
                .replaceAll(match -> Matcher.quoteReplacement(local(match.group(), match.group(1))));
    }

    private String localBehindFirst(String statement) {
        Matcher first = name.matcher(statement);
        if (!first.find()) {
            throw new IllegalArgumentException("names no table: " + statement);
        }
        return statement.substring(0, first.end()) + local(statement.substring(first.end()));
    }

    private static String local(String qualified, String table) {
        return qualified.substring(0, qualified.length() - table.length() - 1) + table + "_local`";
    }

    private String firstName(String statement) {
        Matcher first = name.matcher(statement);
        if (!first.find()) {
            throw new IllegalArgumentException("names no table: " + statement);
        }
        return first.group(1);
    }

    private String onCluster() {
        return " ON CLUSTER " + Quoting.text(cluster.name());
    }
}
