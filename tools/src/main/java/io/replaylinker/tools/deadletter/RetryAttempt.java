package io.replaylinker.tools.deadletter;

import io.replaylinker.runtime.cli.CommandFailedException;
import io.replaylinker.serdes.RegistryUnavailableException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Retries one dead letter. A row goes back to its topic, which is the worker's own. A record of a source topic is only read, because other
 * consumers of that topic would get it twice.
 */
final class RetryAttempt {

    private final Originals originals;
    private final DecodeCheck look;
    private final Set<String> own;
    private final Consumer<ConsumerRecord<byte[], byte[]>> republish;

    /**
     * @param own topics that the worker writes
     * @param republish receives the rows
     */
    RetryAttempt(
            Originals originals,
            DecodeCheck look,
            Set<String> own,
            Consumer<ConsumerRecord<byte[], byte[]>> republish) {
        this.originals = originals;
        this.look = look;
        this.own = own;
        this.republish = republish;
    }

    /** @throws CommandFailedException if the registry is needed and cannot be reached */
    RetryResult of(DeadLetterRecord deadLetter) {
        Original original = originals.of(deadLetter);
        if (original instanceof Original.There there) {
            return deadLetter.isOfSink() ? row(deadLetter, there.record()) : source(deadLetter, there.record());
        }
        return new RetryResult(deadLetter, RetryResult.Outcome.GONE, ((Original.Gone) original).why());
    }

    private RetryResult row(DeadLetterRecord deadLetter, ConsumerRecord<byte[], byte[]> record) {
        if (!own.contains(record.topic())) {
            return new RetryResult(
                    deadLetter,
                    RetryResult.Outcome.STILL,
                    "NOT_OURS: " + record.topic() + " is not a topic that the worker writes to");
        }
        republish.accept(record);
        return new RetryResult(deadLetter, RetryResult.Outcome.REPUBLISHED, "");
    }

    private RetryResult source(DeadLetterRecord deadLetter, ConsumerRecord<byte[], byte[]> record) {
        try {
            Optional<String> problem = look.problem(record);
            return new RetryResult(
                    deadLetter,
                    problem.isEmpty() ? RetryResult.Outcome.READS_NOW : RetryResult.Outcome.STILL,
                    problem.orElse(""));
        } catch (RegistryUnavailableException e) {
            throw new CommandFailedException(
                    "records cannot be checked without the schema registry, which is unavailable: " + e.getMessage(),
                    e);
        }
    }
}
