package io.replaylinker.sinks.sentry;

import io.replaylinker.clickhouse.ErrorClass;
import io.replaylinker.clickhouse.StorageException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.UnknownProducerIdException;

/** Classifies a failure of a producer and describes it in one line. */
final class ProducerErrors {

    private ProducerErrors() {}

    static StorageException of(String topic, Throwable failure) {
        return of(topic, failure, mayPass(failure) ? ErrorClass.RETRYABLE : ErrorClass.PERMANENT);
    }

    static StorageException of(String topic, Throwable failure, ErrorClass errorClass) {
        return new StorageException(errorClass, "writing to topic " + topic + " failed: " + reason(failure), failure);
    }

    /** Returns whether a failure may pass: one that Kafka declares retriable, or one that a new producer in the next attempt resolves. */
    private static boolean mayPass(Throwable failure) {
        return failure instanceof RetriableException
                || failure instanceof InterruptException
                || failure instanceof OutOfOrderSequenceException
                || failure instanceof UnknownProducerIdException
                || failure instanceof InvalidProducerEpochException
                || failure instanceof ProducerFencedException
                // A batch that was aborted when its producer was closed has exactly this class.
                || failure.getClass() == KafkaException.class;
    }

    private static String reason(Throwable failure) {
        String message = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        String line = message.lines().findFirst().orElse(message);
        if (failure instanceof AuthorizationException) {
            return line + "; the worker's user needs the right to write to it";
        }
        return failure instanceof AuthenticationException ? line + "; look at the settings of kafka." : line;
    }
}
