package io.replaylinker.clickhouse;

import java.util.ArrayDeque;
import java.util.Deque;

/** The servers that a run of a test class has started. JUnit asks to stop them also when a run was skipped before it began. */
final class Started {

    private final Deque<AutoCloseable> servers = new ArrayDeque<>();

    <S extends AutoCloseable> S with(S server) {
        servers.push(server);
        return server;
    }

    void stop() throws Exception {
        while (!servers.isEmpty()) {
            servers.pop().close();
        }
    }
}
