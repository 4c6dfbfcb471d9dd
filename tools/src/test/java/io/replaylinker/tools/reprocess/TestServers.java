package io.replaylinker.tools.reprocess;

import io.replaylinker.embedded.EmbeddedClickHouse;
import io.replaylinker.embedded.EmbeddedKafka;
import java.nio.file.Path;

/** A broker and an engine that the tests of a class share. Each {@link LinkedVisits} on them has topics and a database of its own. */
final class TestServers implements AutoCloseable {

    private final EmbeddedKafka kafka;
    private final Path folder;
    private EmbeddedClickHouse clickHouse;

    /** @param kafka is closed with this */
    TestServers(EmbeddedKafka kafka, Path folder) {
        this.kafka = kafka;
        this.folder = folder;
        clickHouse = EmbeddedClickHouse.start(tables());
    }

    EmbeddedKafka kafka() {
        return kafka;
    }

    EmbeddedClickHouse clickHouse() {
        return clickHouse;
    }

    Path folder() {
        return folder;
    }

    private Path tables() {
        return folder.resolve("tables");
    }

    void stopClickHouse() {
        clickHouse.close();
    }

    /** After a stop: with its data, at the same address. */
    void startClickHouse() {
        clickHouse = EmbeddedClickHouse.start(
                new EmbeddedClickHouse.Options().data(tables()).listen("127.0.0.1", clickHouse.port()));
    }

    @Override
    public void close() {
        clickHouse.close();
        kafka.close();
    }
}
