package io.replaylinker.runtime.settings;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads settings from a properties file. Environment variables override the file, and options of the command line override both. All
 * mistakes are collected and thrown together, so that the user can correct them at once.
 */
public final class SettingsReader {

    private final Map<String, Setting<?>> table;
    private final List<SettingsCheck> checks;
    private final List<String> problems = new ArrayList<>();
    private final SettingsSources sources;

    private SettingsReader(List<Setting<?>> table, List<SettingsCheck> checks) {
        this.table = table.stream()
                .collect(Collectors.toMap(Setting::name, Function.identity(), (a, b) -> a, LinkedHashMap::new));
        this.checks = checks;
        this.sources = new SettingsSources(this.table, problems::add);
    }

    /**
     * Reads and checks the worker's settings.
     *
     * @param file a file of properties in UTF-8; null for no file
     * @param environment of the process
     * @throws InvalidSettingsException with all mistakes
     */
    public static Settings read(@Nullable Path file, Map<String, String> environment) {
        return read(file, environment, Map.of());
    }

    /**
     * As {@link #read(Path, Map)}, with options over both.
     *
     * @param options of the command line, by the names of settings
     * @throws InvalidSettingsException with all mistakes
     */
    public static Settings read(@Nullable Path file, Map<String, String> environment, Map<String, String> options) {
        return read(Contradictions.ALL, file, environment, options);
    }

    /**
     * As {@link #read(Path, Map)}, but the addresses of Kafka and of the registry may be missing.
     *
     * @throws InvalidSettingsException with all mistakes
     */
    public static Settings readWithoutKafka(@Nullable Path file, Map<String, String> environment) {
        return read(Contradictions.WITHOUT_KAFKA, file, environment, Map.of());
    }

    /**
     * Reads settings as from a file with this content, for programs that build them.
     *
     * @throws InvalidSettingsException with all mistakes
     */
    public static Settings of(Map<String, String> content) {
        SettingsReader reader = new SettingsReader(WorkerSettings.ALL, Contradictions.ALL);
        reader.sources.takeContent(content);
        return reader.settings();
    }

    private static Settings read(
            List<SettingsCheck> checks,
            @Nullable Path file,
            Map<String, String> environment,
            Map<String, String> options) {
        SettingsReader reader = new SettingsReader(WorkerSettings.ALL, checks);
        if (file != null) {
            reader.sources.takeFile(file);
        }
        reader.sources.takeEnvironment(environment);
        reader.sources.takeOptions(options);
        return reader.settings();
    }

    private Settings settings() {
        Map<Setting<?>, Object> values = new HashMap<>();
        Map<String, Origin> origins = new HashMap<>();
        table.values().forEach(setting -> put(values, origins, setting));
        Map<String, String> passedThrough = new HashMap<>();
        sources.given().forEach((name, value) -> {
            if (!table.containsKey(name)) {
                passedThrough.put(name, value.text());
                origins.put(name, value.origin());
                PassThrough.mistake(name, value.text()).ifPresent(text -> mistake(name, text));
            }
        });
        Settings settings = new Settings(values, passedThrough, origins);
        checks.forEach(check -> check.check(settings, this::mistake));
        if (!problems.isEmpty()) {
            throw new InvalidSettingsException(problems);
        }
        return settings;
    }

    private void mistake(String name, String text) {
        Given given = sources.given().get(name);
        problems.add((given == null ? name : given.label()) + ": " + text);
    }

    private void put(Map<Setting<?>, Object> values, Map<String, Origin> origins, Setting<?> setting) {
        Given fallback =
                new Given(Objects.requireNonNullElse(setting.defaultText(), ""), Origin.DEFAULT, setting.name());
        Given given = sources.given().getOrDefault(setting.name(), fallback);
        Given effective = given.text().isEmpty() ? fallback : given;
        if (effective.text().isEmpty()) {
            return;
        }
        try {
            values.put(setting, setting.type().read(effective.text()));
            origins.put(setting.name(), effective.origin());
        } catch (FormerValueException e) {
            problems.add(effective.label() + ": " + e.getMessage());
        } catch (IllegalArgumentException e) {
            problems.add(SettingsMessages.wrong(effective.label(), setting, effective.text()));
        }
    }
}
