package io.replaylinker.runtime.cli;

import io.replaylinker.runtime.settings.Settings;
import io.replaylinker.runtime.settings.SettingsReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that names the settings, shared by all commands that have any. */
public final class ConfigOption {

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description =
                    "Settings file (name=value lines). Each setting can also be an environment variable, which takes precedence:"
                            + " REPLAY_LINKER_TRACE_MAX_VISITS is trace.max-visits.")
    private @Nullable Path file;

    /** What is wrong with the file, each a line. */
    public List<String> problems() {
        if (file == null || (Files.isReadable(file) && Files.isRegularFile(file))) {
            return List.of();
        }
        String what = Files.isDirectory(file) ? "is a folder" : Files.exists(file) ? "cannot be read" : "no such file";
        return List.of("--config " + file + ": " + what);
    }

    /** For commands that read and write no topic, which need no address of Kafka and of the registry. */
    public Settings settingsWithoutKafka(Map<String, String> environment) {
        return SettingsReader.readWithoutKafka(file, environment);
    }

    /** For commands that work with Kafka. */
    public Settings settings(Map<String, String> environment) {
        return settings(environment, Map.of());
    }

    /**
     * For commands that work with Kafka and have settings as options, which win.
     *
     * @param options by the names of settings
     */
    public Settings settings(Map<String, String> environment, Map<String, String> options) {
        return SettingsReader.read(file, environment, options);
    }
}
