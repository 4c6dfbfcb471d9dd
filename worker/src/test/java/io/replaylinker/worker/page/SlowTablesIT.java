package io.replaylinker.worker.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.replaylinker.clickhouse.ClickHouse;
import io.replaylinker.clickhouse.ClickHouseSettings;
import io.replaylinker.clickhouse.StorageException;
import io.replaylinker.clickhouse.TableReader;
import io.replaylinker.clickhouse.query.Filter;
import io.replaylinker.clickhouse.query.IdPrefix;
import io.replaylinker.embedded.EmbeddedClickHouse;
import io.replaylinker.runtime.answer.BusyException;
import io.replaylinker.runtime.answer.SharedLookup;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a reader of the page meets when the tables take their time. */
class SlowTablesIT {

    private static final Duration LONGEST = Duration.ofSeconds(1);

    /** The system accepts connections, and no program reads what is sent. */
    @Test
    @Timeout(30)
    void shouldWaitForASilentServerForALimitedTime() throws Exception {
        ExecutorService readers = Executors.newFixedThreadPool(2);
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                SharedLookup tables = new SharedLookup(
                        at("http://127.0.0.1:" + silent.getLocalPort()),
                        Clock.systemUTC(),
                        Duration.ofMillis(100),
                        LONGEST)) {
            Callable<Object> question =
                    () -> tables.ask(lookup -> lookup.event(new IdPrefix("e0e00001"), Filter.page(10)));
            Future<Object> one = readers.submit(question);
            Future<Object> two = readers.submit(question);
            // Held, because a connection without a reference is closed with the next garbage collection.
            try (Socket first = silent.accept();
                    Socket second = silent.accept()) {
                assertThat(first.getPort()).isNotEqualTo(second.getPort());
                assertThatThrownBy(question::call).isInstanceOf(BusyException.class);
                assertTimedOut(one);
                assertTimedOut(two);
            }

            assertThat(tables.<String>ask(lookup -> "its turn")).isEqualTo("its turn");
        } finally {
            readers.shutdownNow();
        }
    }

    @Test
    @Timeout(30)
    void shouldHaveTheServerGiveUpAQueryThatTakesLong() {
        try (EmbeddedClickHouse server = EmbeddedClickHouse.start();
                TableReader tables = new TableReader(new ClickHouse(at(server.httpUrl())), LONGEST)) {
            String slow = "SELECT sum(sleepEachRow(0.1)) AS slept FROM numbers(100) SETTINGS max_block_size = 1";

            assertThatThrownBy(() -> tables.rows("sleeping", slow, Map.of(), row -> row))
                    .isInstanceOf(StorageException.class)
                    .hasMessageEndingWith("sleeping failed: the server exceeded the time limit (code 159)");
        }
    }

    private static void assertTimedOut(Future<Object> question) {
        assertThatThrownBy(question::get)
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("Read timed out");
    }

    private static ClickHouseSettings at(String url) {
        return ClickHouseSettings.of(url, "default", "default", "").uncompressed();
    }
}
