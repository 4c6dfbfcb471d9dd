package io.replaylinker.benchmarks.join;

import io.replaylinker.benchmarks.workload.Format;
import io.replaylinker.benchmarks.workload.SourceTopics;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the command line asks for.
 *
 * @param spansPerCall of the workload as JSON; 0 for transactions only
 * @param warmUpEvents each trial reads so many before it is measured; 0 for none
 * @param only groups of trials
 * @param partitions of each source topic
 * @param settings of the worker, over its defaults
 * @param profile file for a recording of the last trial of the product, null for none
 * @param work an existing folder for topics and state
 */
record JoinOptions(
        Set<Format> formats,
        int events,
        int jsonEvents,
        int spansPerCall,
        int warmUpEvents,
        int rounds,
        List<String> only,
        Set<Guarantee> guarantees,
        int threads,
        int partitions,
        String heap,
        long seed,
        Map<String, String> settings,
        @Nullable Path profile,
        Path work) {

    int events(SourceTopics topics) {
        return topics.warmUp() ? warmUpEvents : topics.format() == Format.AVRO ? events : jsonEvents;
    }

    boolean wants(Trial trial) {
        return only.contains(trial.group())
                && formats.contains(trial.sources().format())
                && guarantees.contains(trial.guarantee());
    }
}
