package io.replaylinker.embedded.engine;

import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;

/**
 * The connections of requests. Requests with the same {@code session_id} share a connection with its temporary tables and settings. Any
 * other request gets a new one.
 */
final class Sessions {

    private static final long NANOS_A_SECOND = 1_000_000_000L;

    private final Engine engine;
    private final Map<String, Session> kept = new HashMap<>();

    Sessions(Engine engine) {
        this.engine = engine;
    }

    /** @throws EngineException with code 373 if another request is using the session */
    synchronized Session open(String id, long timeoutSeconds) {
        closeIdle();
        if (id.isEmpty()) {
            return new Session(engine.connect(), false);
        }
        Session session = kept.computeIfAbsent(id, key -> new Session(engine.connect(), true));
        if (session.busy) {
            throw EngineException.of(
                    EngineException.SESSION_IS_LOCKED,
                    "Session " + id + " is locked by a concurrent client",
                    "SESSION_IS_LOCKED");
        }
        session.busy = true;
        session.timeoutNanos = timeoutSeconds * NANOS_A_SECOND;
        return session;
    }

    private void closeIdle() {
        long now = System.nanoTime();
        for (Iterator<Session> sessions = kept.values().iterator(); sessions.hasNext(); ) {
            Session session = sessions.next();
            if (!session.busy && now - session.usedAt > session.timeoutNanos) {
                session.connection.close();
                sessions.remove();
            }
        }
    }

    /** The connection of one request. */
    final class Session implements AutoCloseable {

        private final EngineConnection connection;
        private final boolean isKept;
        private boolean busy;
        private long usedAt;
        private long timeoutNanos;

        private Session(EngineConnection connection, boolean isKept) {
            this.connection = connection;
            this.isKept = isKept;
        }

        EngineConnection connection() {
            return connection;
        }

        /** Returns whether its settings outlive the request. */
        boolean isKept() {
            return isKept;
        }

        @Override
        public void close() {
            if (!isKept) {
                connection.close();
                return;
            }
            synchronized (Sessions.this) {
                busy = false;
                usedAt = System.nanoTime();
            }
        }
    }
}
