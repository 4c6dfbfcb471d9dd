package io.replaylinker.tools.deadletter;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.TopicPartition;

/** Position of a record, written as {@code topic/partition@offset}. */
record Place(String topic, int partition, long offset) {

    private static final Pattern TEXT = Pattern.compile("([A-Za-z0-9._-]{1,249})/(\\d{1,9})@(\\d{1,18})");

    static Optional<Place> parse(String text) {
        Matcher parts = TEXT.matcher(text.strip());
        return parts.matches()
                ? Optional.of(
                        new Place(parts.group(1), Integer.parseInt(parts.group(2)), Long.parseLong(parts.group(3))))
                : Optional.empty();
    }

    TopicPartition topicPartition() {
        return new TopicPartition(topic, partition);
    }

    @Override
    public String toString() {
        return topic + "/" + partition + "@" + offset;
    }
}
