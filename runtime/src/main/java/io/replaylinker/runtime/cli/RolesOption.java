package io.replaylinker.runtime.cli;

import io.replaylinker.runtime.settings.WorkerSettings;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that sets a worker's roles, so that several workers can share one file of settings. */
public final class RolesOption {

    @Option(
            names = "--roles",
            paramLabel = "ROLES",
            description = "Roles of this worker: join, sink, or join,sink. Overrides the setting roles.")
    private @Nullable String roles;

    /** As settings by their names; empty when the option was not given. */
    public Map<String, String> settings() {
        return roles == null ? Map.of() : Map.of(WorkerSettings.ROLES.name(), roles);
    }
}
