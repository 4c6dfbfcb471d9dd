package io.replaylinker.runtime.settings;

import static io.replaylinker.runtime.settings.ValueTypes.id;
import static io.replaylinker.runtime.settings.ValueTypes.yesOrNo;

import java.util.Locale;
import java.util.Set;

/** The Model Context Protocol, by which assistants query the tables; a part of the table of {@link WorkerSettings}. */
public final class McpSettings {

    public static final Setting<Boolean> ENABLED = Setting.of(
            "mcp.enabled",
            yesOrNo(),
            "false",
            "Answer the Model Context Protocol at /mcp of the worker's HTTP server, to clients with http.token.");
    public static final Setting<Long> ORGANIZATION = Setting.of(
            "mcp.organization",
            id(),
            null,
            "The only organization that the tools read. No client can choose another one. Required for mcp.enabled;"
                    + " without it, the command mcp reads all organizations.");

    static final SettingsGroup GROUP = new SettingsGroup(
            "Assistants",
            "The tools for assistants, over HTTP and with the command mcp. [mcp.md](mcp.md) explains them.",
            ENABLED,
            ORGANIZATION);

    private static final Set<String> LOOPBACK = Set.of("localhost", "::1", "[::1]");

    private McpSettings() {}

    static void check(Settings settings, Mistakes mistakes) {
        if (!settings.find(ENABLED).orElse(false)) {
            return;
        }
        if (settings.find(HttpSettings.PORT).filter(port -> port < 0).isPresent()) {
            mistakes.add(ENABLED.name(), "needs the HTTP server, which http.port = -1 turns off");
        }
        if (settings.find(ORGANIZATION).isEmpty()) {
            mistakes.add(ORGANIZATION.name(), "is required, because mcp.enabled is true");
        }
        if (settings.find(HttpSettings.TOKEN).isEmpty()
                && settings.find(HttpSettings.BIND)
                        .filter(bind -> !isLoopback(bind))
                        .isPresent()) {
            mistakes.add(
                    HttpSettings.TOKEN.name(),
                    "is required, because mcp.enabled is true and http.bind is no loopback address");
        }
    }

    /** By its text alone: settings are checked without a name server. */
    private static boolean isLoopback(String bind) {
        String name = bind.toLowerCase(Locale.ROOT);
        return LOOPBACK.contains(name) || name.matches("127(\\.\\d{1,3}){3}");
    }
}
