package io.replaylinker.runtime.settings;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Collects values from all sources, from the weakest to the strongest; a later source replaces an earlier one. */
final class SettingsSources {

    private static final Logger LOG = LoggerFactory.getLogger(SettingsSources.class);

    private final Map<String, Setting<?>> table;
    private final Consumer<String> problems;
    private final Map<String, Given> given = new TreeMap<>();

    SettingsSources(Map<String, Setting<?>> table, Consumer<String> problems) {
        this.table = table;
        this.problems = problems;
    }

    /** By name, those that are passed through among them. */
    Map<String, Given> given() {
        return given;
    }

    void takeFile(Path file) {
        Origin origin = new Origin(Origin.Kind.FILE, file.toString());
        Map<String, Integer> lines = new HashMap<>();
        try {
            PropertiesFile.read(
                    file,
                    entry -> {
                        String label = "%s:%d: %s".formatted(file, entry.line(), entry.name());
                        Integer before = lines.put(entry.name(), entry.line());
                        if (before == null) {
                            take(entry.name(), new Given(entry.value(), origin, label));
                        } else {
                            problems.accept(
                                    "%s: is set already in line %d; keep one of the two".formatted(label, before));
                        }
                    },
                    problems);
        } catch (IOException e) {
            problems.accept("%s: cannot be read: %s".formatted(file, SettingsMessages.cause(e)));
        }
    }

    /** As a file with this content would be taken. */
    void takeContent(Map<String, String> content) {
        Origin origin = new Origin(Origin.Kind.FILE, "the program");
        content.forEach((name, value) -> take(name, new Given(value, origin, name)));
    }

    void takeEnvironment(Map<String, String> environment) {
        Map<String, String> names = new HashMap<>();
        table.values().forEach(setting -> {
            names.put(setting.environmentName(), setting.name());
            if (setting.secret()) {
                names.put(setting.environmentName() + "_FILE", setting.name() + SecretFile.SUFFIX);
            }
        });
        EnvironmentNames known = new EnvironmentNames(names);
        environment.forEach((variable, value) -> {
            if (!value.isBlank()) {
                takeVariable(known, variable, value.strip());
            }
        });
    }

    private void takeVariable(EnvironmentNames known, String variable, String value) {
        String label = "environment variable " + variable;
        if (!known.isOurs(variable)) {
            known.misspelled(variable)
                    .ifPresent(meant -> problems.accept(SettingsMessages.unknown(label, Optional.of(meant))));
            return;
        }
        known.settingName(variable)
                .ifPresentOrElse(
                        name -> take(name, new Given(value, new Origin(Origin.Kind.ENVIRONMENT, variable), label)),
                        () -> unknown(label, variable, known.nearest(variable)));
    }

    /** @param options values by the names of settings, each as the option of the same name gave it */
    void takeOptions(Map<String, String> options) {
        options.forEach((name, value) -> {
            String option = "--" + name;
            take(name, new Given(value.strip(), new Origin(Origin.Kind.OPTION, option), option));
        });
    }

    private void take(String name, Given value) {
        String secret = secretBehind(name);
        if (secret != null) {
            takeSecret(secret, value);
        } else if (table.containsKey(name) || PassThrough.of(name).isPresent()) {
            put(name, value);
        } else {
            unknown(value.label(), name, SettingsMessages.meant(name, table.keySet()));
        }
    }

    private void takeSecret(String name, Given file) {
        try {
            put(name, file.replacedBy(SecretFile.read(file.text())));
        } catch (IOException | IllegalArgumentException e) {
            problems.accept(
                    "%s: cannot read the file %s: %s".formatted(file.label(), file.text(), SettingsMessages.cause(e)));
        }
    }

    private void put(String name, Given value) {
        Given before = given.put(name, value);
        if (before != null && before.origin().kind() == value.origin().kind()) {
            problems.accept(
                    "%s: the same secret is given at %s; give one of them".formatted(value.label(), before.label()));
        }
    }

    /** The name of the secret when this one names the file that holds it, else null. */
    private @Nullable String secretBehind(String name) {
        if (!name.endsWith(SecretFile.SUFFIX)) {
            return null;
        }
        String secret = name.substring(0, name.length() - SecretFile.SUFFIX.length());
        Setting<?> setting = table.get(secret);
        return (setting == null ? PassThrough.isSecret(secret) : setting.secret()) ? secret : null;
    }

    private void unknown(String label, String name, Optional<String> meant) {
        FormerNames.ignored(name)
                .ifPresentOrElse(
                        why -> LOG.warn("{} no longer has an effect and can be removed: {}", label, why),
                        () -> problems.accept(FormerNames.became(name)
                                .map(became -> label + ": " + became)
                                .orElseGet(() -> SettingsMessages.unknown(label, meant))));
    }
}
