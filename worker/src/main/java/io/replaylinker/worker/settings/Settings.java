package io.replaylinker.worker.settings;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The settings of one start, read and checked. Its text masks secrets, so that it may be logged. */
public final class Settings {

    private static final String MASK = "********";

    private final Map<Setting<?>, Object> values;
    private final Map<String, String> passedThrough;

    Settings(Map<Setting<?>, Object> values, Map<String, String> passedThrough) {
        this.values = Map.copyOf(values);
        this.passedThrough = Map.copyOf(passedThrough);
    }

    /** What is set, or the default. */
    @SuppressWarnings("unchecked") // SettingsReader filed it under the setting whose type made it
    public <T> Optional<T> find(Setting<T> setting) {
        return Optional.ofNullable((T) values.get(setting));
    }

    /** As {@link #find}, for a setting that has a default or is required. */
    public <T> T get(Setting<T> setting) {
        return find(setting).orElseThrow(() -> new IllegalStateException(setting.name() + " is not set"));
    }

    /** What was given for others to read, under a prefix of {@link PassThrough}; the names without the prefix. */
    public Map<String, String> withoutPrefix(PassThrough prefix) {
        Map<String, String> result = new LinkedHashMap<>();
        passedThrough.forEach((name, value) -> {
            if (prefix.covers(name)) {
                result.put(prefix.stripped(name), value);
            }
        });
        return result;
    }

    /** One {@code name=value} a line, sorted by name. */
    @Override
    public String toString() {
        List<String> lines = new ArrayList<>();
        values.forEach((setting, value) ->
                lines.add(setting.name() + "=" + (setting.secret() ? MASK : ValueTypes.show(value))));
        passedThrough.forEach((name, value) -> lines.add(name + "=" + (PassThrough.isHarmless(name) ? value : MASK)));
        lines.sort(null);
        return String.join(System.lineSeparator(), lines);
    }
}
