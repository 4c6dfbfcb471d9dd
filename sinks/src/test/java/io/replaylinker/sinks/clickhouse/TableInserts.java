package io.replaylinker.sinks.clickhouse;

import io.replaylinker.schemas.Link;
import io.replaylinker.schemas.ReplayLife;
import io.replaylinker.schemas.Unlinked;
import io.replaylinker.sinks.BatchInserter;
import io.replaylinker.sinks.Batches;
import java.util.List;

/** The sinks' own ways into the tables of a database. */
final class TableInserts implements AutoCloseable {

    /** Timestamp in Kafka of all records. */
    static final long RECORD_MS = SampleLinks.START_MS + 120_000;

    private final BatchInserter links;
    private final BatchInserter lives;
    private final BatchInserter unlinked;

    TableInserts(ClickHouse clickHouse) {
        links = LinkSink.inserter(clickHouse);
        lives = LifeSink.inserter(clickHouse);
        unlinked = CoverageSink.inserter(clickHouse);
        List.of(links, lives, unlinked).forEach(BatchInserter::prepare);
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

    void insert(History history) {
        insertLives(history.lives());
        insertLinks(history.links());
        insertUnlinked(history.unlinked());
    }

    @Override
    public void close() {
        List.of(links, lives, unlinked).forEach(BatchInserter::close);
    }
}
