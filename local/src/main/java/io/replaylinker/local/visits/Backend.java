package io.replaylinker.local.visits;

/** The services, each with its SDK. */
enum Backend {
    NODE10(21, "node", "auto.http.otel.http", false),
    NODE11(22, "node", "auto.http.http_server", true),
    PYTHON(23, "python", "auto.http.django", false),
    WORKERS(24, "python", "auto.queue.celery", false),
    STOCK(44, "otel", "auto.otlp.spans", true),
    PRICES(45, "otel", "auto.otlp.spans", true);

    final long number;
    final String platform;
    final String origin;
    /** Whether its spans are streamed. */
    final boolean streams;

    Backend(long number, String platform, String origin, boolean streams) {
        this.number = number;
        this.platform = platform;
        this.origin = origin;
        this.streams = streams;
    }

    boolean isOtel() {
        return platform.equals("otel");
    }
}
