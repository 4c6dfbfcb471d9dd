package io.replaylinker.worker.http;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Ends connections that take too long as a whole. An idle timeout alone would let a client hold its connection for ever by sending or
 * reading a byte at intervals; and connections are few.
 */
final class ConnectionDeadlines implements Connection.Listener {

    private final Scheduler scheduler;
    private final Duration requestTimeout;
    private final Duration whole;
    private final Map<Connection, List<Scheduler.Task>> open = new ConcurrentHashMap<>();

    /**
     * Deadlines from the moment that a connection opens.
     *
     * @param requestTimeout until the head of the request has come
     * @param whole until it must be over
     */
    ConnectionDeadlines(Scheduler scheduler, Duration requestTimeout, Duration whole) {
        this.scheduler = scheduler;
        this.requestTimeout = requestTimeout;
        this.whole = whole;
    }

    @Override
    public void onOpened(Connection connection) {
        open.put(
                connection,
                List.of(
                        scheduler.schedule(() -> end(connection), requestTimeout),
                        scheduler.schedule(() -> end(connection), whole)));
    }

    /** The head of the request was received. */
    void requestReceived(Connection connection) {
        List<Scheduler.Task> tasks = open.get(connection);
        if (tasks != null) {
            tasks.get(0).cancel();
        }
    }

    @Override
    public void onClosed(Connection connection) {
        List<Scheduler.Task> tasks = open.remove(connection);
        if (tasks != null) {
            tasks.forEach(Scheduler.Task::cancel);
        }
    }

    /** Closing the connection itself would wait for a blocked write. */
    private static void end(Connection connection) {
        connection.getEndPoint().close();
    }
}
