package io.replaylinker.sinks.clickhouse;

import io.replaylinker.schemas.Link;
import io.replaylinker.schemas.ReplayLife;
import io.replaylinker.schemas.Unlinked;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A test on all tables, made anew for each method, and the sinks' own ways into them. */
abstract class OnTables extends OnClickHouse {

    static final long RECORD_MS = TableInserts.RECORD_MS;

    @SuppressWarnings("NullAway.Init")
    TestDatabase database;

    @SuppressWarnings("NullAway.Init")
    TableInserts tables;

    @BeforeEach
    void makeTables() {
        database = TestDatabase.migrated(server());
        tables = new TableInserts(database.clickHouse());
    }

    @AfterEach
    void closeInserters() {
        tables.close();
    }

    void insert(Link... batch) {
        insertLinks(List.of(batch));
    }

    void insert(ReplayLife... batch) {
        insertLives(List.of(batch));
    }

    void insert(Unlinked... batch) {
        insertUnlinked(List.of(batch));
    }

    void insertLinks(List<Link> batch) {
        tables.insertLinks(batch);
    }

    void insertLives(List<ReplayLife> batch) {
        tables.insertLives(batch);
    }

    void insertUnlinked(List<Unlinked> batch) {
        tables.insertUnlinked(batch);
    }
}
