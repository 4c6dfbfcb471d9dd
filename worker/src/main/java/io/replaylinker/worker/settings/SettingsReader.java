package io.replaylinker.worker.settings;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads settings from a file of properties and from environment variables, which win. Collects every mistake on the way and
 * throws them together, so that nobody mends one only to meet the next.
 */
public final class SettingsReader {

    private final Map<String, Setting<?>> table;
    private final List<SettingsCheck> checks;
    private final Map<String, Given> given = new TreeMap<>();
    private final List<String> problems = new ArrayList<>();

    private SettingsReader(List<Setting<?>> table, List<SettingsCheck> checks) {
        this.table = table.stream()
                .collect(Collectors.toMap(Setting::name, Function.identity(), (a, b) -> a, LinkedHashMap::new));
        this.checks = checks;
    }

    /**
     * Reads and checks the worker's settings.
     *
     * @param file a file of properties in UTF-8, null for none
     * @param environment of the process
     * @throws InvalidSettingsException with all mistakes
     */
    public static Settings read(@Nullable Path file, Map<String, String> environment) {
        return read(WorkerSettings.ALL, Contradictions.ALL, file, environment);
    }

    /**
     * As {@link #read}, but the addresses of Kafka and of the registry may be missing.
     *
     * @throws InvalidSettingsException with all mistakes
     */
    public static Settings readWithoutKafka(@Nullable Path file, Map<String, String> environment) {
        return read(WorkerSettings.ALL, Contradictions.WITHOUT_KAFKA, file, environment);
    }

    /**
     * As a file with this content would be read, for runs whose settings a program makes.
     *
     * @throws InvalidSettingsException with all mistakes
     */
    public static Settings of(Map<String, String> content) {
        SettingsReader reader = new SettingsReader(WorkerSettings.ALL, Contradictions.ALL);
        content.forEach((name, value) -> reader.take(name, new Given(value, name, false)));
        return reader.settings();
    }

    static Settings read(
            List<Setting<?>> table, List<SettingsCheck> checks, @Nullable Path file, Map<String, String> environment) {
        SettingsReader reader = new SettingsReader(table, checks);
        if (file != null) {
            reader.takeFile(file);
        }
        reader.takeEnvironment(environment);
        return reader.settings();
    }

    private void takeFile(Path file) {
        Properties properties = new NotingDuplicates();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            problems.add("%s: cannot be read: %s".formatted(file, SettingsMessages.cause(e)));
            return;
        }
        properties.forEach((name, value) ->
                take(name.toString().strip(), new Given(value.toString().strip(), file + ": " + name, false)));
    }

    private void takeEnvironment(Map<String, String> environment) {
        Map<String, String> names = new HashMap<>();
        table.values().forEach(setting -> {
            names.put(setting.environmentName(), setting.name());
            if (setting.secret()) {
                names.put(setting.environmentName() + "_FILE", setting.name() + ".file");
            }
        });
        EnvironmentNames known = new EnvironmentNames(names);
        environment.forEach((variable, value) -> {
            if (!value.isBlank() && known.isOurs(variable)) {
                known.settingName(variable)
                        .ifPresentOrElse(
                                name -> take(name, new Given(value.strip(), "environment variable " + variable, true)),
                                () -> problems.add(SettingsMessages.unknown(
                                        "environment variable " + variable, variable, names.keySet())));
            }
        });
    }

    private void take(String name, Given value) {
        boolean passesThrough = PassThrough.KAFKA.covers(name) || PassThrough.AVRO.covers(name);
        if (table.containsKey(name) || passesThrough) {
            given.put(name, value);
        } else if (isFileOfSecret(name)) {
            takeSecret(withoutFile(name), value);
        } else {
            problems.add(SettingsMessages.unknown(value.origin(), name, table.keySet()));
        }
    }

    private void takeSecret(String name, Given path) {
        try {
            String secret = Files.readString(Path.of(path.text())).strip();
            Given before = given.get(name);
            if (before == null || path.fromEnvironment() || !before.fromEnvironment()) {
                given.put(name, new Given(secret, path.origin(), path.fromEnvironment()));
            }
        } catch (IOException | IllegalArgumentException e) {
            problems.add(
                    "%s: cannot read the file %s: %s".formatted(path.origin(), path.text(), SettingsMessages.cause(e)));
        }
    }

    private boolean isFileOfSecret(String name) {
        Setting<?> secret = name.endsWith(".file") ? table.get(withoutFile(name)) : null;
        return secret != null && secret.secret();
    }

    private static String withoutFile(String name) {
        return name.substring(0, name.length() - ".file".length());
    }

    private Settings settings() {
        Map<Setting<?>, Object> values = new HashMap<>();
        table.values().forEach(setting -> put(values, setting));
        Map<String, String> passedThrough = new HashMap<>();
        given.forEach((name, value) -> {
            if (!table.containsKey(name)) {
                passedThrough.put(name, value.text());
            }
        });
        Settings settings = new Settings(values, passedThrough);
        checks.forEach(check -> check.check(settings, problems::add));
        if (!problems.isEmpty()) {
            throw new InvalidSettingsException(problems);
        }
        return settings;
    }

    private void put(Map<Setting<?>, Object> values, Setting<?> setting) {
        Given value = given.get(setting.name());
        String text = value == null || value.text().isEmpty() ? setting.defaultText() : value.text();
        if (text == null) {
            return;
        }
        try {
            values.put(setting, setting.type().read(text));
        } catch (IllegalArgumentException e) {
            String origin = value == null ? setting.name() : value.origin();
            problems.add(SettingsMessages.wrong(origin, setting, text));
        }
    }

    /** A value as it was given, with the place that a message names, as {@code worker.properties: wait}. */
    private record Given(String text, String origin, boolean fromEnvironment) {}

    /** {@link Properties} keeps the last of two lines with one name; whoever wrote both meant one of them. */
    private final class NotingDuplicates extends Properties {

        private static final long serialVersionUID = 1L;

        @Override
        public synchronized @Nullable Object put(Object name, Object value) {
            Object before = super.put(name, value);
            if (before != null) {
                problems.add(name + ": stands twice in the file");
            }
            return before;
        }
    }
}
