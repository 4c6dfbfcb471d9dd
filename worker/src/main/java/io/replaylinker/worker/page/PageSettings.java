package io.replaylinker.worker.page;

import io.replaylinker.clickhouse.ClickHouseSettings;
import io.replaylinker.clickhouse.SentryPages;
import io.replaylinker.runtime.settings.Role;
import io.replaylinker.runtime.settings.Settings;
import io.replaylinker.runtime.settings.TraceContextSettings;
import io.replaylinker.runtime.settings.WorkerSettings;
import io.replaylinker.runtime.wiring.ClickHouseWiring;
import io.replaylinker.runtime.wiring.SourceTopics;
import io.replaylinker.runtime.wiring.TopologyWiring;
import io.replaylinker.topology.OutputTopics;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Settings of the status page.
 *
 * @param applicationId of the installation
 * @param roles of this worker
 * @param sources topics that are read
 * @param outputs topics that are written
 * @param nodes topic of the nodes of traces; null where none are kept
 * @param tables the ClickHouse with the tables
 * @param sentry addresses of Sentry's pages
 */
public record PageSettings(
        String applicationId,
        Set<Role> roles,
        SourceTopics sources,
        OutputTopics outputs,
        @Nullable String nodes,
        ClickHouseSettings tables,
        SentryPages sentry) {

    /** As the settings of the process have it. */
    public static PageSettings of(Settings settings) {
        return new PageSettings(
                settings.get(WorkerSettings.APPLICATION_ID),
                settings.get(WorkerSettings.ROLES),
                new SourceTopics(settings),
                TopologyWiring.outputs(settings),
                TraceContextSettings.topics(settings).stream()
                        .findFirst()
                        .map(settings::get)
                        .orElse(null),
                ClickHouseWiring.settings(settings),
                ClickHouseWiring.sentryPages(settings));
    }
}
