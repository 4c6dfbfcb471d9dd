package io.replaylinker.runtime.settings;

import static io.replaylinker.runtime.settings.ValueTypes.duration;
import static io.replaylinker.runtime.settings.ValueTypes.hostAndPort;
import static io.replaylinker.runtime.settings.ValueTypes.integer;
import static io.replaylinker.runtime.settings.ValueTypes.text;

import java.time.Duration;

/** The HTTP server of the worker; a part of the table of {@link WorkerSettings}. */
public final class HttpSettings {

    public static final Setting<Integer> PORT = Setting.of(
            "http.port",
            integer(-1, 65_535),
            "8080",
            "Port of health, metrics and the status page; 0 for any free port, which is logged, -1 for no HTTP server.");
    public static final Setting<String> BIND = Setting.of(
            "http.bind",
            text(),
            "127.0.0.1",
            "Interface to listen on; 0.0.0.0 for all, as in a container. Every client that reaches it can read the links.");
    public static final Setting<String> TOKEN = Setting.secret(
            "http.token",
            "Secret that clients must send, except for /livez and /readyz: as 'Authorization: Bearer', in browsers as password.");

    public static final Setting<String> ADVERTISED = Setting.of(
            "http.advertised",
            hostAndPort(),
            null,
            "Address at which the other workers reach this one's page, as host:port, different for each worker. By default"
                    + " the machine's name, or http.bind where that names one interface, with http.port.");

    public static final Setting<Duration> UNREADY_AFTER = Setting.of(
            "http.unready-after",
            duration(Duration.ZERO, Duration.ofDays(1)),
            "1m",
            "Time without a successful insert after which /readyz answers 503. The sink retries in any case.");

    private HttpSettings() {}

    /** Whether there is a server. */
    public static boolean isOn(Settings settings) {
        return settings.get(PORT) >= 0;
    }
}
