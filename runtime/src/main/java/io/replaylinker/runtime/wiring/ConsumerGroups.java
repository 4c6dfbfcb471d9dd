package io.replaylinker.runtime.wiring;

import io.replaylinker.runtime.settings.Role;
import io.replaylinker.runtime.settings.SentrySettings;
import io.replaylinker.runtime.settings.Settings;
import io.replaylinker.runtime.settings.TraceContextSettings;
import io.replaylinker.runtime.settings.WorkerSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The consumer groups of an installation. Each sink has its own, separate from the join's, so that one can be reset without the others. */
public final class ConsumerGroups {

    /** As {@link #ofSink} calls the sinks of the output topics. */
    public static final String LINKS = "links";

    public static final String STATES = "states";
    public static final String UNLINKED = "unlinked";
    public static final String NODES = "trace-nodes";
    static final String SENTRY = "sentry";

    private ConsumerGroups() {}

    /** The groups of the roles. */
    public static List<String> of(Settings settings) {
        Set<Role> roles = settings.get(WorkerSettings.ROLES);
        List<String> groups = new ArrayList<>();
        if (roles.contains(Role.JOIN)) {
            groups.add(settings.get(WorkerSettings.APPLICATION_ID));
        }
        if (roles.contains(Role.SINK)) {
            List.of(LINKS, STATES, UNLINKED).forEach(what -> groups.add(ofSink(settings, what)));
            TraceContextSettings.topics(settings).forEach(topic -> groups.add(ofSink(settings, NODES)));
            SentrySettings.writtenTopic(settings).ifPresent(topic -> groups.add(ofSink(settings, SENTRY)));
        }
        return groups;
    }

    /** The groups of the sinks into the tables, by the topics that they read. */
    public static Map<String, String> byTopic(Settings settings) {
        Map<String, String> groups = new HashMap<>();
        groups.put(settings.get(WorkerSettings.LINKS_TOPIC), ofSink(settings, LINKS));
        groups.put(settings.get(WorkerSettings.UNLINKED_TOPIC), ofSink(settings, UNLINKED));
        groups.put(settings.get(WorkerSettings.STATES_TOPIC), ofSink(settings, STATES));
        TraceContextSettings.topics(settings)
                .forEach(topic -> groups.put(settings.get(topic), ofSink(settings, NODES)));
        return groups;
    }

    /** The group of one sink, by its output. */
    public static String ofSink(Settings settings, String what) {
        return settings.get(WorkerSettings.APPLICATION_ID) + "-" + what + "-sink";
    }
}
