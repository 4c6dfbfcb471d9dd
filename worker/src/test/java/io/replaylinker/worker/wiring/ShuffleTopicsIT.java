package io.replaylinker.worker.wiring;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.replaylinker.testkit.EmbeddedKafka;
import io.replaylinker.worker.cli.CommandFailedException;
import io.replaylinker.worker.settings.Settings;
import io.replaylinker.worker.settings.SettingsReader;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class ShuffleTopicsIT {

    private static EmbeddedKafka kafka = EmbeddedKafka.start();

    @AfterAll
    static void stopBroker() {
        kafka.close();
    }

    @Test
    void shouldLetAWorkerStartWhereThereIsNoStateYet() {
        kafka.createTopic("new-too-by-trace-repartition", 7, Map.of());

        assertThatCode(topics("new", 4)::check).doesNotThrowAnyException();
    }

    @Test
    void shouldLetAWorkerStartWithThePartitionsThatAreThere() {
        kafka.createTopic("same-by-trace-repartition", 4, Map.of());
        kafka.createTopic("same-by-replay-repartition", 4, Map.of());

        assertThatCode(topics("same", 4)::check).doesNotThrowAnyException();
    }

    @Test
    void shouldSayInOneLineWhatToDoWhenTheStateIsDividedOtherwise() {
        kafka.createTopic("other-by-trace-repartition", 4, Map.of());
        kafka.createTopic("other-resolved-repartition", 2, Map.of());

        assertThatThrownBy(topics("other", 4)::check)
                .isInstanceOf(CommandFailedException.class)
                .hasMessage(
                        "shuffle.partitions is 4, but the topic other-resolved-repartition has 2 partitions, and the state is"
                                + " divided as it is. Set shuffle.partitions=2; or set another application.id, which starts without"
                                + " state and reads the sources from their beginning.");
    }

    private static ShuffleTopics topics(String application, int partitions) {
        Settings settings = SettingsReader.of(Map.of(
                "kafka.bootstrap.servers",
                kafka.bootstrapServers(),
                "schema.registry.url",
                "mock://shuffle",
                "application.id",
                application,
                "shuffle.partitions",
                Integer.toString(partitions)));
        TopologyWiring wiring = new TopologyWiring(settings, SerdesWiring.offline());
        return new ShuffleTopics(
                settings, wiring.unbounded(new SimpleMeterRegistry()).build());
    }
}
