package io.replaylinker.runtime.wiring;

import io.replaylinker.clickhouse.ClickHouse;
import io.replaylinker.clickhouse.ClickHouseSettings;
import io.replaylinker.clickhouse.ErrorClasses;
import io.replaylinker.clickhouse.SentryPages;
import io.replaylinker.runtime.settings.ClickHouseServerSettings;
import io.replaylinker.runtime.settings.SentrySettings;
import io.replaylinker.runtime.settings.Settings;
import io.replaylinker.runtime.settings.SinkFaultSettings;
import java.util.Map;

/** Creates the connection to ClickHouse that the settings describe. */
public final class ClickHouseWiring {

    private ClickHouseWiring() {}

    /** The server, with the reactions to its errors. */
    public static ClickHouse clickHouse(Settings settings) {
        return new ClickHouse(
                settings(settings),
                settings.find(SinkFaultSettings.ERROR_CLASSES).orElse(ErrorClasses.DEFAULT));
    }

    /** Address and credentials of ClickHouse. */
    public static ClickHouseSettings settings(Settings settings) {
        return ClickHouseServerSettings.connection(settings);
    }

    /** The addresses of Sentry's pages that the views show; none without {@code sentry.url}. */
    public static SentryPages sentryPages(Settings settings) {
        return settings.find(SentrySettings.URL)
                .map(url -> new SentryPages(
                        url,
                        settings.find(SentrySettings.ORGANIZATION_SLUGS).orElse(Map.of()),
                        settings.get(SentrySettings.REPLAY_PATH),
                        settings.get(SentrySettings.TRACE_PATH)))
                .orElse(SentryPages.NONE);
    }
}
