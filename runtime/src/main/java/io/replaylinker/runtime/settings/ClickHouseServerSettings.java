package io.replaylinker.runtime.settings;

import static io.replaylinker.runtime.settings.ValueTypes.sqlName;
import static io.replaylinker.runtime.settings.ValueTypes.text;
import static io.replaylinker.runtime.settings.ValueTypes.yesOrNo;

import io.replaylinker.clickhouse.ClickHouseSettings;
import io.replaylinker.clickhouse.Cluster;
import io.replaylinker.clickhouse.IllegalSettingsException;

/** Where the tables are; a part of the table of {@link WorkerSettings}. */
public final class ClickHouseServerSettings {

    public static final Setting<String> URL = Setting.of(
            "clickhouse.url",
            text(),
            "http://localhost:8123",
            "Address of ClickHouse's HTTP interface, such as http://host:8123 or https://host:8443, without a path.");
    public static final Setting<String> DATABASE =
            Setting.of("clickhouse.database", sqlName(), "default", "Database of the tables.");
    public static final Setting<String> USER =
            Setting.of("clickhouse.user", text(), "default", "User that writes the links.");
    public static final Setting<String> PASSWORD = Setting.secret("clickhouse.password", "Password of that user.");
    public static final Setting<String> AUTHORITIES = Setting.of(
            "clickhouse.ca-certificates",
            text(),
            null,
            "PEM file with the certificates of the trusted authorities for https, in place of those that"
                    + " the JVM trusts.");
    public static final Setting<Boolean> COMPRESS =
            Setting.of("clickhouse.compress", yesOrNo(), "true", "LZ4 between the worker and ClickHouse.");
    public static final Setting<String> CLUSTER = Setting.of(
            "clickhouse.cluster",
            text(),
            null,
            "Cluster of the tables, by its name in the configuration of the servers; a single server if not set.");
    public static final Setting<Boolean> REPLICATED = Setting.of(
            "clickhouse.replicated",
            yesOrNo(),
            "true",
            "Whether the tables are replicated within a shard, which requires Keeper; only with clickhouse.cluster.");

    static final SettingsGroup GROUP = new SettingsGroup(
            "ClickHouse",
            "The server of the tables. For its failures see [operations.md](operations.md#when-clickhouse-is-in-trouble).",
            URL,
            DATABASE,
            USER,
            PASSWORD,
            AUTHORITIES,
            COMPRESS,
            CLUSTER,
            REPLICATED,
            SinkFaultSettings.ERROR_CLASSES,
            SinkFaultSettings.BAD_ROWS);

    private ClickHouseServerSettings() {}

    /** The way to ClickHouse that they describe, which was checked when they were read. */
    public static ClickHouseSettings connection(Settings settings) {
        ClickHouseSettings server = ClickHouseSettings.of(
                        settings.get(URL),
                        settings.get(DATABASE),
                        settings.get(USER),
                        settings.find(PASSWORD).orElse(""))
                .trusting(settings.find(AUTHORITIES).orElse(null))
                .on(settings.find(CLUSTER)
                        .map(name -> new Cluster(name, settings.get(REPLICATED)))
                        .orElse(null));
        return settings.get(COMPRESS) ? server : server.uncompressed();
    }

    static void check(Settings settings, Mistakes mistakes) {
        boolean allRead = GROUP.settings().stream()
                .allMatch(setting ->
                        setting.defaultText() == null || settings.find(setting).isPresent());
        if (!allRead) {
            return;
        }
        try {
            connection(settings);
        } catch (IllegalSettingsException e) {
            e.mistakes().forEach(mistake -> mistakes.add(nameOf(mistake.part()), mistake.problem()));
        }
    }

    private static String nameOf(IllegalSettingsException.Part part) {
        return switch (part) {
            case URL -> URL.name();
            case DATABASE -> DATABASE.name();
            case USER -> USER.name();
            case AUTHORITIES -> AUTHORITIES.name();
            case CLUSTER -> CLUSTER.name();
            case CONNECTION_TIMEOUT, SOCKET_TIMEOUT -> "clickhouse"; // no settings, and so always right
        };
    }
}
