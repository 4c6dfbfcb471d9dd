package io.replaylinker.worker.reprocess;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;

/** Offsets by partition as a note in the run's store: a line each, as {@code events 0 1234}. */
final class PartitionOffsets {

    private PartitionOffsets() {}

    static String write(Map<TopicPartition, Long> offsets) {
        return offsets.entrySet().stream()
                .map(at -> at.getKey().topic() + " " + at.getKey().partition() + " " + at.getValue())
                .collect(Collectors.joining("\n"));
    }

    static Map<TopicPartition, Long> read(String note) {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        note.lines().forEach(line -> {
            String[] words = line.split(" ", -1);
            offsets.put(new TopicPartition(words[0], Integer.parseInt(words[1])), Long.parseLong(words[2]));
        });
        return offsets;
    }
}
