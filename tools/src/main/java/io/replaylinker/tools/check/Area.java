package io.replaylinker.tools.check;

import java.util.Locale;

/** Areas of findings, in the order in which they are reported. */
enum Area {
    SETTINGS("Settings"),
    MACHINE("This machine"),
    KAFKA("Kafka"),
    REGISTRY("Schema registry"),
    CLICKHOUSE("ClickHouse");

    private final String title;

    Area(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
