package io.replaylinker.tools.deadletter;

import io.replaylinker.runtime.cli.CommandFailedException;
import io.replaylinker.runtime.cli.ConfigOption;
import io.replaylinker.runtime.cli.ConfiguredCommand;
import io.replaylinker.runtime.cli.Results;
import io.replaylinker.runtime.diagnosis.KafkaDiagnosis;
import io.replaylinker.runtime.settings.Settings;
import io.replaylinker.runtime.wiring.KafkaProperties;
import io.replaylinker.runtime.wiring.SerdesWiring;
import io.replaylinker.runtime.wiring.SourceConsumer;
import io.replaylinker.runtime.wiring.TopologyWiring;
import io.replaylinker.schemas.DeadLetter;
import io.replaylinker.serdes.RegistryUnavailableException;
import io.replaylinker.serdes.avro.ValueSerdes;
import io.replaylinker.topology.TopologySettings;
import io.replaylinker.topology.WatermarkSettings;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;

/** Base of the commands for dead letters. */
abstract class DlqSubcommand extends ConfiguredCommand {

    static final String CLIENT = "replay-linker-dlq";

    /**
     * Runs the command.
     *
     * @param topology of the worker: its topics, and how it decodes them
     * @return one of {@link io.replaylinker.runtime.cli.ExitCodes}
     */
    abstract int answer(KafkaProperties kafka, TopologySettings topology, ValueSerdes serdes, Results results);

    @Override
    protected final int run(ConfigOption config, Results results) {
        Settings settings = config.settings(System.getenv());
        try {
            ValueSerdes serdes = SerdesWiring.serdes(settings);
            TopologySettings topology =
                    new TopologyWiring(settings, serdes).topologySettings(WatermarkSettings.bounded());
            return answer(new KafkaProperties(settings), topology, serdes, results);
        } catch (RegistryUnavailableException e) {
            throw new CommandFailedException(
                    "dead letters cannot be read without the schema registry, which is unavailable: " + e.getMessage(),
                    e);
        } catch (KafkaException e) {
            throw new CommandFailedException(KafkaDiagnosis.of(e, "").toString(), e);
        }
    }

    /** Passes on the dead letters that the filter accepts, and reports on standard error what else was there. */
    final void forEachDeadLetter(
            KafkaProperties kafka,
            String topic,
            ValueSerdes serdes,
            DeadLetterFilter filter,
            java.util.function.Consumer<DeadLetterRecord> each) {
        try (Consumer<byte[], byte[]> consumer = SourceConsumer.of(kafka, CLIENT)) {
            DeadLetterLog log = new DeadLetterLog(topic, consumer, serdes.decoder(DeadLetter.class));
            log.read(filter, each);
            if (log.unreadable() > 0) {
                printMessage(log.unreadable() + " records of " + topic + " are not dead letters and are skipped");
            }
        }
    }
}
