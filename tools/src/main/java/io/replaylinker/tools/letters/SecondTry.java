package io.replaylinker.tools.letters;

import io.replaylinker.runtime.cli.CommandFailedException;
import io.replaylinker.serdes.RegistryUnavailableException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Tries one letter again. A row goes back to its topic, which is the worker's own; a record of a source is only read, because others
 * read that topic too and would get it twice.
 */
final class SecondTry {

    private final Originals originals;
    private final SecondLook look;
    private final Set<String> own;
    private final Consumer<ConsumerRecord<byte[], byte[]>> putBack;

    /**
     * A try with these means.
     *
     * @param own topics that the worker writes
     * @param putBack is given the rows
     */
    SecondTry(Originals originals, SecondLook look, Set<String> own, Consumer<ConsumerRecord<byte[], byte[]>> putBack) {
        this.originals = originals;
        this.look = look;
        this.own = own;
        this.putBack = putBack;
    }

    /** @throws CommandFailedException if it takes a registry that is away */
    Trial of(Letter letter) {
        Original original = originals.of(letter);
        if (original instanceof Original.There there) {
            return letter.isOfSink() ? row(letter, there.record()) : source(letter, there.record());
        }
        return new Trial(letter, Trial.Outcome.GONE, ((Original.Gone) original).why());
    }

    private Trial row(Letter letter, ConsumerRecord<byte[], byte[]> record) {
        if (!own.contains(record.topic())) {
            return new Trial(
                    letter,
                    Trial.Outcome.STILL,
                    "NOT_OURS: the settings name no topic " + record.topic() + " that the worker writes");
        }
        putBack.accept(record);
        return new Trial(letter, Trial.Outcome.PUT_BACK, "");
    }

    private Trial source(Letter letter, ConsumerRecord<byte[], byte[]> record) {
        try {
            Optional<String> trouble = look.trouble(record);
            return new Trial(
                    letter, trouble.isEmpty() ? Trial.Outcome.READS_NOW : Trial.Outcome.STILL, trouble.orElse(""));
        } catch (RegistryUnavailableException e) {
            throw new CommandFailedException(
                    "the schema registry is away, so it cannot be said what reads now: " + e.getMessage(), e);
        }
    }
}
