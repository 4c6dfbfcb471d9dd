package io.replaylinker.worker.start;

import java.time.Duration;
import java.util.Optional;

/** Which clock the timestamps of a source topic's records come from. */
public record TimestampType(TopicState topic) {

    /** Kafka 4's default limit; before, any future time was accepted. */
    private static final Duration USUAL_FUTURE = Duration.ofHours(1);

    /** What is wrong with it. The join cuts the times in a record to the record's own: that one has to be the broker's. */
    public Optional<String> mistake() {
        if (!"CreateTime".equals(topic.config().get("message.timestamp.type"))) {
            return Optional.empty();
        }
        boolean anyFuture =
                topic.number("message.timestamp.after.max.ms").orElse(Long.MAX_VALUE) > USUAL_FUTURE.toMillis();
        return Optional.of("its records carry the producers' clocks (message.timestamp.type=CreateTime)"
                + (anyFuture ? ", however far in the future" : "")
                + ": a wrong one lets events expire too early or wait too long");
    }

    public static String remedy(String topic) {
        return "set message.timestamp.type=LogAppendTime on " + topic + ", as Sentry has it";
    }
}
