package io.replaylinker.runtime.settings;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** The settings of one start, read and checked. Its text masks secrets, so that it may be logged. */
public final class Settings {

    private final Map<Setting<?>, Object> values;
    private final Map<String, String> passedThrough;
    private final Map<String, Origin> origins;

    Settings(Map<Setting<?>, Object> values, Map<String, String> passedThrough, Map<String, Origin> origins) {
        this.values = Map.copyOf(values);
        this.passedThrough = Map.copyOf(passedThrough);
        this.origins = Map.copyOf(origins);
    }

    /** The value that is set, or the default. */
    @SuppressWarnings("unchecked") // SettingsReader filed it under the setting whose type made it
    public <T> Optional<T> find(Setting<T> setting) {
        return Optional.ofNullable((T) values.get(setting));
    }

    /** As {@link #find}, for a setting that has a default or is required. */
    public <T> T get(Setting<T> setting) {
        return find(setting).orElseThrow(() -> new IllegalStateException(setting.name() + " is not set"));
    }

    /** Whether it was not set, so that the default holds. */
    public boolean isDefault(Setting<?> setting) {
        return origin(setting.name()).kind() == Origin.Kind.DEFAULT;
    }

    /** The same settings but for the topics that are read, of which some of the default do not exist. */
    public Settings reading(Setting<List<SourceTopic>> setting, List<SourceTopic> existing) {
        Map<Setting<?>, Object> others = new HashMap<>(values);
        others.put(setting, List.copyOf(existing));
        return new Settings(others, passedThrough, origins);
    }

    /** Settings that are passed through, under a prefix of {@link PassThrough}; the names without the prefix. */
    public Map<String, String> withoutPrefix(PassThrough prefix) {
        Map<String, String> result = new LinkedHashMap<>();
        passedThrough.forEach((name, value) -> {
            if (prefix.covers(name)) {
                result.put(prefix.stripped(name), value);
            }
        });
        return result;
    }

    /** A setting that has a value, fit to be shown to every user. */
    public record Effective(String name, String shown, Origin origin) {}

    /**
     * All settings that have a value: the worker's in the order of {@link WorkerSettings#ALL}, then those that are passed through, by name.
     */
    public List<Effective> effective() {
        List<Effective> all = new ArrayList<>();
        for (Setting<?> setting : WorkerSettings.ALL) {
            if (values.containsKey(setting)) {
                all.add(new Effective(setting.name(), shown(setting), origin(setting.name())));
            }
        }
        passedThrough.entrySet().stream()
                .map(entry -> new Effective(
                        entry.getKey(), PassThrough.shown(entry.getKey(), entry.getValue()), origin(entry.getKey())))
                .sorted(Comparator.comparing(Effective::name))
                .forEach(all::add);
        return all;
    }

    /** Those of {@link #effective} that were set. */
    public List<Effective> changed() {
        return effective().stream()
                .filter(setting -> setting.origin().kind() != Origin.Kind.DEFAULT)
                .toList();
    }

    /** The value as it may be shown to every user: without secrets, and without the login of an address. Empty if it is not set. */
    public String shown(Setting<?> setting) {
        Object value = values.get(setting);
        if (value == null) {
            return "";
        }
        return setting.secret() ? Shown.MASK : Shown.text(ValueTypes.show(value));
    }

    private Origin origin(String name) {
        return Objects.requireNonNullElse(origins.get(name), Origin.DEFAULT);
    }

    /** One {@code name=value} a line, sorted by name. */
    @Override
    public String toString() {
        return effective().stream()
                .map(setting -> setting.name() + "=" + setting.shown())
                .sorted()
                .collect(Collectors.joining(System.lineSeparator()));
    }
}
