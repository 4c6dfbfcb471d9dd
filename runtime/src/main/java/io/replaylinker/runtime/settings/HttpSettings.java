package io.replaylinker.runtime.settings;

import static io.replaylinker.runtime.settings.ValueTypes.duration;
import static io.replaylinker.runtime.settings.ValueTypes.integer;
import static io.replaylinker.runtime.settings.ValueTypes.text;

import java.time.Duration;

/** The HTTP server of the worker; a part of the table of {@link WorkerSettings}. */
public final class HttpSettings {

    public static final Setting<Integer> PORT = Setting.of(
            "http.port",
            integer(-1, 65_535),
            "8080",
            "Port of health, metrics and the status page; 0 for any free one, which the log names, -1 for no HTTP at all.");
    public static final Setting<String> BIND = Setting.of(
            "http.bind",
            text(),
            "127.0.0.1",
            "Interface to listen on; 0.0.0.0 for all, as a container needs it. Who reaches it can read what the worker links.");
    public static final Setting<String> TOKEN = Setting.secret(
            "http.token",
            "What a reader must show, but for /livez and /readyz: programs as 'Authorization: Bearer', browsers as a password.");

    public static final Setting<Duration> UNREADY_AFTER = Setting.of(
            "http.unready-after",
            duration(Duration.ZERO, Duration.ofDays(1)),
            "1m",
            "For how long nothing may get through to a table before /readyz answers 503. The sink goes on trying either way.");

    private HttpSettings() {}

    /** Whether there is a server. */
    public static boolean isOn(Settings settings) {
        return settings.get(PORT) >= 0;
    }
}
