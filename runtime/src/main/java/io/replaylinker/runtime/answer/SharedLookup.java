package io.replaylinker.runtime.answer;

import io.replaylinker.clickhouse.ClickHouse;
import io.replaylinker.clickhouse.ClickHouseSettings;
import io.replaylinker.clickhouse.query.Lookup;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Queries of the tables for a server, such as the one of the status page: two at once, each limited in time, so that the readers are no
 * burden to the ClickHouse server that the sinks write to. Thread-safe.
 */
public final class SharedLookup implements AutoCloseable {

    private static final int AT_ONCE = 2;
    private static final Duration LONGEST_QUERY = Duration.ofSeconds(5);
    private static final Duration CONNECT = Duration.ofSeconds(2);

    /** The server aborts a query at its limit; this much later the client gives up on a server that does not answer. */
    private static final Duration GRACE = Duration.ofSeconds(3);

    private final BlockingQueue<Lookup> free = new ArrayBlockingQueue<>(AT_ONCE);
    private final Duration queueTimeout;

    /**
     * Connects with the first query.
     *
     * @param queueTimeout how long a query waits for its turn
     */
    public SharedLookup(ClickHouseSettings server, Clock clock, Duration queueTimeout) {
        this(server, clock, queueTimeout, LONGEST_QUERY);
    }

    /**
     * Connects with the first query.
     *
     * @param longestQuery whole seconds
     */
    public SharedLookup(ClickHouseSettings server, Clock clock, Duration queueTimeout, Duration longestQuery) {
        ClickHouse clickHouse = new ClickHouse(server.withTimeouts(CONNECT, longestQuery.plus(GRACE)));
        for (int i = 0; i < AT_ONCE; i++) {
            free.add(new Lookup(clickHouse, clock, longestQuery));
        }
        this.queueTimeout = queueTimeout;
    }

    /**
     * Runs a query when it is its turn.
     *
     * @throws BusyException if that takes too long
     * @throws io.replaylinker.clickhouse.StorageException when the server cannot be reached or refuses
     */
    public <T> T ask(Function<Lookup, T> question) throws BusyException, InterruptedException {
        Lookup lookup = free.poll(queueTimeout.toMillis(), TimeUnit.MILLISECONDS);
        if (lookup == null) {
            throw new BusyException("others are asking the tables; try again in a moment");
        }
        try {
            return question.apply(lookup);
        } finally {
            free.add(lookup);
        }
    }

    /** Does not wait for queries in progress. */
    @Override
    public void close() {
        free.forEach(Lookup::close);
    }
}
