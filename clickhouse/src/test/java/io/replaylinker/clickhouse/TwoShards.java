package io.replaylinker.clickhouse;

import io.replaylinker.embedded.ClickHouseServer;
import io.replaylinker.schemas.Link;
import io.replaylinker.schemas.ReplayState;
import io.replaylinker.schemas.TraceNode;
import io.replaylinker.schemas.Unlinked;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A cluster of two shards, each of them a database of one server. What the Distributed tables send to the second shard stays in their
 * queue on disk, because the server that runs here accepts no rows from another one; {@link #deliver} puts the queue into the
 * second shard's tables. Readers see both shards through Merge tables.
 *
 * <p>The cluster that {@code clusterName} names has two shards of equal weight: the server itself, and one that is away.
 */
final class TwoShards {

    private static final Pattern DISTRIBUTED = Pattern.compile(
            "CREATE TABLE IF NOT EXISTS (`\\w+`\\.`(\\w+)`) .*\\bENGINE = Distributed\\(.*", Pattern.DOTALL);

    private final TestDatabase first;
    private final TestDatabase second;
    private final TestDatabase both;

    TwoShards(ClickHouseServer server, String clusterName) {
        first = ofCluster(server, clusterName);
        second = ofCluster(server, clusterName);
        both = ofCluster(server, clusterName);
        for (TestDatabase shard : List.of(first, second)) {
            statements(shard, clusterName).forEach(shard::execute);
        }
        statements(both, clusterName).stream()
                .filter(TwoShards::isForReaders)
                .map(this::gather)
                .forEach(both::execute);
        first.query("SELECT name FROM system.tables WHERE engine = 'Distributed' AND database = '" + name(first) + "'")
                .forEach(table -> first.execute("SYSTEM STOP DISTRIBUTED SENDS " + name(first) + "." + table));
    }

    TestDatabase first() {
        return first;
    }

    TestDatabase second() {
        return second;
    }

    /** Both shards, as a reader of the Distributed tables sees them. */
    TestDatabase both() {
        return both;
    }

    void insertLinks(List<Link> links) {
        insert(LinkColumns.TABLE, new LinkColumns()::encode, links);
    }

    void insertReplayStates(List<ReplayState> replayStates) {
        insert(ReplayStateColumns.TABLE, new ReplayStateColumns()::encode, replayStates);
    }

    void insertUnlinked(List<Unlinked> unlinked) {
        insert(UnlinkedColumns.TABLE, new UnlinkedColumns()::encode, unlinked);
    }

    void insertNodes(List<TraceNode> nodes) {
        insert(TraceRecordColumns.TABLE, new TraceRecordColumns(TableInserts.RETENTION)::encode, nodes);
    }

    /** Brings what waits for the second shard; once, and after all inserts. */
    void deliver() {
        for (Table table :
                List.of(LinkColumns.TABLE, ReplayStateColumns.TABLE, UnlinkedColumns.TABLE, TraceRecordColumns.TABLE)) {
            // The files say themselves of which columns they are, and cannot be read in part.
            first.query("SELECT data_path FROM system.distribution_queue WHERE data_files > 0 AND database = '"
                            + name(first) + "' AND table = '" + table.name() + "'")
                    .forEach(queue -> second.execute("""
                            INSERT INTO %s.%s_local SELECT * FROM file('%s*.bin', 'Distributed')
                            SETTINGS use_structure_from_insertion_table_in_table_functions = 0, insert_deduplicate = 0""".formatted(name(second), table.name(), queue)));
        }
    }

    private <T> void insert(Table table, RowEncoder<T> encoder, List<T> values) {
        ByteArrayOutputStream rows = new ByteArrayOutputStream();
        try {
            for (T value : values) {
                encoder.encode(value, TableInserts.RECORD_MS, rows);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        first.insertWithoutToken(table, rows.toByteArray());
    }

    /** Views that fill tables belong to the shards. */
    private static boolean isForReaders(String statement) {
        boolean isView = statement.matches("(?s).*\\b(CREATE|DROP) VIEW .*") && !statement.contains("_from_");
        return isView
                || statement.startsWith("CREATE DATABASE ")
                || DISTRIBUTED.matcher(statement).matches();
    }

    private String gather(String statement) {
        Matcher table = DISTRIBUTED.matcher(statement);
        return table.matches()
                ? "CREATE TABLE %s AS %s.%s_local ENGINE = Merge(REGEXP('^(%s|%s)$'), '^%s_local$')"
                        .formatted(
                                table.group(1), name(first), table.group(2), name(first), name(second), table.group(2))
                : statement;
    }

    /** Nothing in it, not even made. */
    static TestDatabase ofCluster(ClickHouseServer server, String clusterName) {
        TestDatabase plain = TestDatabase.named(server);
        return TestDatabase.of(new ClickHouse(plain.clickHouse().settings().on(new Cluster(clusterName, false))));
    }

    /** The tables' DDL, without Keeper and without the expiry of samples that are from a fixed day. */
    static List<String> statements(TestDatabase database, String clusterName) {
        return ClusterFormTest.statements(new Migrations(database.clickHouse()).print()).stream()
                .filter(statement -> !statement.contains("INSERT INTO"))
                .map(statement -> statement
                        .strip()
                        .replace(" ON CLUSTER '" + clusterName + "'", "")
                        .replaceAll("\nTTL .*", ""))
                .toList();
    }

    private static String name(TestDatabase database) {
        return database.clickHouse().settings().database();
    }
}
