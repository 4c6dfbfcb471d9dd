package io.replaylinker.sinks.clickhouse;

import io.replaylinker.schemas.Link;
import io.replaylinker.schemas.ReplayLife;
import io.replaylinker.schemas.Unlinked;
import io.replaylinker.sinks.BatchInserter;
import io.replaylinker.sinks.Batches;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A test on all tables, made anew for each method, and the sinks' own ways into them. */
abstract class OnTables extends OnClickHouse {

    /** Timestamp in Kafka of all records. */
    static final long RECORD_MS = SampleLinks.START_MS + 120_000;

    @SuppressWarnings("NullAway.Init")
    TestDatabase database;

    @SuppressWarnings("NullAway.Init")
    private BatchInserter links;

    @SuppressWarnings("NullAway.Init")
    private BatchInserter lives;

    @SuppressWarnings("NullAway.Init")
    private BatchInserter unlinked;

    @BeforeEach
    void makeTables() {
        database = TestDatabase.migrated(server());
        links = LinkSink.inserter(database.clickHouse());
        lives = LifeSink.inserter(database.clickHouse());
        unlinked = CoverageSink.inserter(database.clickHouse());
        List.of(links, lives, unlinked).forEach(BatchInserter::prepare);
    }

    @AfterEach
    void closeInserters() {
        List.of(links, lives, unlinked).forEach(BatchInserter::close);
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
        links.insert(Batches.of(0, new LinkColumns(), RECORD_MS, batch));
    }

    void insertLives(List<ReplayLife> batch) {
        lives.insert(Batches.of(0, new LifeColumns(), RECORD_MS, batch));
    }

    void insertUnlinked(List<Unlinked> batch) {
        unlinked.insert(Batches.of(0, new UnlinkedColumns(), RECORD_MS, batch));
    }
}
