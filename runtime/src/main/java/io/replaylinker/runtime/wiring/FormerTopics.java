package io.replaylinker.runtime.wiring;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Internal topics that snapshots of 0.1 created, before the topics between the steps were the state of the join. */
public final class FormerTopics {

    private static final List<String> ENDS = Stream.concat(
                    Stream.of("by-trace", "by-event", "decided", "by-replay", "resolved", "chosen")
                            .map(name -> name + "-repartition"),
                    Stream.of("resolve", "choose", "confirm").map(step -> step + "-rows-changelog"))
            .toList();

    private FormerTopics() {}

    /** Selects them among the topics of a broker, by name: another application's may begin in the same way. */
    public static Set<String> of(String application, Collection<String> existing) {
        return ENDS.stream()
                .map(end -> application + "-" + end)
                .filter(existing::contains)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
