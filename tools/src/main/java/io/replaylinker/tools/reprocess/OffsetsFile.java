package io.replaylinker.tools.reprocess;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.TopicPartition;

/** Offsets as Kafka's own tools write them for {@code --from-file}: one {@code topic,partition,offset} a line. */
final class OffsetsFile {

    private static final Pattern LINE = Pattern.compile("\"?([A-Za-z0-9._-]{1,249})\"?,(\\d{1,9}),(\\d{1,18})");

    private OffsetsFile() {}

    /** Offsets in the file; each mistake becomes a line among the problems. */
    static Map<TopicPartition, Long> read(String option, Path file, List<String> problems) {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        try {
            List<String> lines = Files.readAllLines(file);
            for (int number = 1; number <= lines.size(); number++) {
                String line = lines.get(number - 1).strip();
                Matcher parts = LINE.matcher(line);
                if (parts.matches()) {
                    offsets.put(
                            new TopicPartition(parts.group(1), Integer.parseInt(parts.group(2))),
                            Long.parseLong(parts.group(3)));
                } else if (!line.isEmpty()) {
                    problems.add("%s %s:%d: must be topic,partition,offset, such as events,0,1234"
                            .formatted(option, file, number));
                }
            }
        } catch (IOException e) {
            problems.add(option + " " + file + ": cannot be read as UTF-8 text: " + e.getMessage());
        }
        if (offsets.isEmpty() && problems.isEmpty()) {
            problems.add(option + " " + file + ": contains no offset");
        }
        return offsets;
    }
}
