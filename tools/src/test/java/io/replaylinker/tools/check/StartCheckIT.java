package io.replaylinker.tools.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.replaylinker.embedded.EmbeddedKafka;
import io.replaylinker.runtime.cli.CommandFailedException;
import io.replaylinker.runtime.settings.Settings;
import io.replaylinker.runtime.wiring.KafkaProperties;
import io.replaylinker.runtime.wiring.ShuffleTopics;
import io.replaylinker.runtime.wiring.SourceTopics;
import io.replaylinker.worker.start.StartCheck;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A start on one broker as it comes out of the box, where transactions would wait for two more brokers for ever. */
class StartCheckIT {

    private static EmbeddedKafka kafka = EmbeddedKafka.start(
            Map.of("transaction.state.log.replication.factor", "3", "transaction.state.log.min.isr", "2"));

    @BeforeAll
    static void prepare() {
        List.of("events", "transactions", "ingest-replay-events")
                .forEach(topic -> kafka.createTopic(topic, 1, Map.of()));
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    @Test
    void shouldRefuseTransactionsThatCannotBegin() {
        Settings settings = settings("exactly_once_v2");
        long start = System.nanoTime();

        assertThatThrownBy(() -> check(settings).run())
                .isInstanceOf(CommandFailedException.class)
                .hasMessageStartingWith(
                        "processing.guarantee is exactly_once_v2, which requires transactions: Kafka cannot run"
                                + " them: transaction.state.log.replication.factor is 3, and there is 1 broker; set")
                .hasMessageEndingWith("or set processing.guarantee=at_least_once, which finds the same links");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void shouldStartWithoutTransactions() {
        check(settings("at_least_once")).run();
    }

    @Test
    void shouldFindTheSameBeforeTheStart() throws Exception {
        Looking.at(CheckWiring.kafka(settings("exactly_once_v2"), Clock.systemUTC()))
                .assertFound(Severity.PROBLEM, "transactions", "replication.factor is 3, and there is 1 broker");
    }

    private static StartCheck check(Settings settings) {
        return new StartCheck(new KafkaProperties(settings), new SourceTopics(settings), new ShuffleTopics(settings));
    }

    private static Settings settings(String guarantee) {
        return Looking.read(Map.of(
                "roles",
                "join",
                "kafka.bootstrap.servers",
                kafka.bootstrapServers(),
                "processing.guarantee",
                guarantee));
    }
}
