package io.replaylinker.clickhouse;

import io.replaylinker.embedded.ClickHouseServer;
import io.replaylinker.schemas.Link;
import io.replaylinker.schemas.ReplayState;
import io.replaylinker.schemas.Unlinked;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;

/** A test on all tables, empty for each method, and the sinks' own ways into them. */
abstract class OnTables extends OnClickHouse {

    static final long RECORD_MS = TableInserts.RECORD_MS;

    private static final Map<ClickHouseServer, TestDatabase> DATABASES = new HashMap<>();

    @SuppressWarnings("NullAway.Init")
    static TestDatabase database;

    @SuppressWarnings("NullAway.Init")
    TableInserts tables;

    /** Once for all classes: to make them takes seconds, to empty them a tenth of that. */
    @BeforeParameterizedClassInvocation
    static void makeTables() {
        database = DATABASES.computeIfAbsent(server(), TestDatabase::migrated);
    }

    @BeforeEach
    void emptyTables() {
        database.truncate();
        tables = new TableInserts(database.clickHouse());
    }

    @AfterEach
    void closeInserters() {
        tables.close();
    }

    void insert(Link... batch) {
        insertLinks(List.of(batch));
    }

    void insert(ReplayState... batch) {
        insertReplayStates(List.of(batch));
    }

    void insert(Unlinked... batch) {
        insertUnlinked(List.of(batch));
    }

    void insertLinks(List<Link> batch) {
        tables.insertLinks(batch);
    }

    void insertReplayStates(List<ReplayState> batch) {
        tables.insertReplayStates(batch);
    }

    void insertUnlinked(List<Unlinked> batch) {
        tables.insertUnlinked(batch);
    }
}
