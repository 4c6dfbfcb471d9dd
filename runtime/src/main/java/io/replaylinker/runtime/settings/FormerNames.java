package io.replaylinker.runtime.settings;

import java.util.Map;
import java.util.Optional;

/**
 * Settings of earlier releases. A setting with a successor is refused, and not read as the new one, because the meaning is not quite the
 * same. A setting without a successor is ignored.
 */
final class FormerNames {

    private static final Map<String, Former> ALL = Map.of(
            "lives.topic",
            new Former(WorkerSettings.STATES_TOPIC, "whose default is replay-states now"),
            "trace.max-replays",
            new Former(WorkerSettings.TRACE_MAX_VISITS, "which counts visits that are not recorded too"));

    private static final Map<String, String> IGNORED =
            Map.of("state.dir", "the join keeps nothing on disk: its state is in its own topics and on the heap");

    /** The replacement of a setting, and how that differs. */
    private record Former(Setting<?> now, String difference) {}

    private FormerNames() {}

    /**
     * Why a setting of an earlier release has no effect any more; empty for all others.
     *
     * @param name of the setting, or of its environment variable
     */
    static Optional<String> ignored(String name) {
        return IGNORED.entrySet().stream()
                .filter(entry -> name.equals(entry.getKey()) || name.equals(Setting.environmentName(entry.getKey())))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /**
     * What became of a setting; empty when there never was one of this name.
     *
     * @param name of the setting, or of its environment variable
     */
    static Optional<String> became(String name) {
        return ALL.entrySet().stream()
                .filter(entry -> name.equals(entry.getKey()) || name.equals(Setting.environmentName(entry.getKey())))
                .map(entry -> "is no setting any more; set %s, %s"
                        .formatted(
                                name.equals(entry.getKey())
                                        ? entry.getValue().now().name()
                                        : entry.getValue().now().environmentName(),
                                entry.getValue().difference()))
                .findFirst();
    }
}
