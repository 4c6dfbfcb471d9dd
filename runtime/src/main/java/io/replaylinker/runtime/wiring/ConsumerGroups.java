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
        String application = settings.get(WorkerSettings.APPLICATION_ID);
        List<String> groups = new ArrayList<>();
        if (roles.contains(Role.JOIN)) {
            groups.add(application);
        }
        if (roles.contains(Role.SINK)) {
            List.of(LINKS, STATES, UNLINKED).forEach(what -> groups.add(ofSink(application, what)));
            TraceContextSettings.topics(settings).forEach(topic -> groups.add(ofSink(application, NODES)));
            SentrySettings.writtenTopic(settings).ifPresent(topic -> groups.add(ofSink(application, SENTRY)));
        }
        return groups;
    }

    /** The groups of the sinks into the tables, by the topics that they read. */
    public static Map<String, String> byTopic(Settings settings) {
        String application = settings.get(WorkerSettings.APPLICATION_ID);
        Map<String, String> groups = new HashMap<>();
        groups.put(settings.get(WorkerSettings.LINKS_TOPIC), ofSink(application, LINKS));
        groups.put(settings.get(WorkerSettings.UNLINKED_TOPIC), ofSink(application, UNLINKED));
        groups.put(settings.get(WorkerSettings.STATES_TOPIC), ofSink(application, STATES));
        TraceContextSettings.topics(settings)
                .forEach(topic -> groups.put(settings.get(topic), ofSink(application, NODES)));
        return groups;
    }

    /** The group of one sink, by its output. */
    public static String ofSink(String applicationId, String what) {
        return applicationId + "-" + what + "-sink";
    }
}
