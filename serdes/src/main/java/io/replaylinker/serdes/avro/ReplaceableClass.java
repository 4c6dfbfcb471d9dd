package io.replaylinker.serdes.avro;

import io.replaylinker.serdes.registry.SettingsReader;
import java.lang.reflect.InvocationTargetException;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * A class that a setting may replace.
 *
 * @param setting that names the replacement
 * @param named the class, or null if the setting is missing
 * @param ours the default class
 */
record ReplaceableClass<K>(String setting, @Nullable Class<? extends K> named, Class<?> ours) {

    /** Loads the class and reports mistakes to the reader. */
    @SuppressWarnings("unchecked") // K is the kind with wildcards, which a class literal cannot express.
    static <K> ReplaceableClass<K> read(
            SettingsReader reader, Map<String, ?> settings, String setting, Class<?> kind, Class<?> ours) {
        Class<?> named = load(reader, settings, setting);
        if (named != null && !kind.isAssignableFrom(named)) {
            reader.mistake(setting, "must name a class that implements " + kind.getName() + ", not " + named.getName());
            named = null;
        }
        return new ReplaceableClass<>(setting, (Class<? extends K>) named, ours);
    }

    private static @Nullable Class<?> load(SettingsReader reader, Map<String, ?> settings, String setting) {
        if (settings.get(setting) instanceof Class<?> type) {
            return type;
        }
        String name = reader.text(setting);
        if (name == null) {
            return null;
        }
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        try {
            return Class.forName(name, true, context == null ? ReplaceableClass.class.getClassLoader() : context);
        } catch (ClassNotFoundException | LinkageError e) {
            reader.mistake(
                    setting,
                    "names '" + name + "', which cannot be loaded (" + e
                            + "); is its jar, with all that it needs, on the class path?");
            return null;
        }
    }

    boolean isForeign() {
        return named != null && named != ours;
    }

    boolean isOurs() {
        return named == ours;
    }

    /**
     * Creates and configures an instance with the constructor without parameters.
     *
     * @throws ConfigException if either fails
     */
    K make(Consumer<K> configure) {
        if (named == null) {
            throw new IllegalStateException(setting + " names no class");
        }
        try {
            K made = named.getConstructor().newInstance();
            configure.accept(made);
            return made;
        } catch (NoSuchMethodException | IllegalAccessException | InstantiationException e) {
            throw failed("needs a public constructor without parameters", e);
        } catch (InvocationTargetException e) {
            throw failed("cannot be made: " + e.getCause(), e);
        } catch (RuntimeException | LinkageError e) {
            throw failed("does not accept the settings: " + e, e);
        }
    }

    private ConfigException failed(String what, Throwable cause) {
        ConfigException failed = new ConfigException(setting + " " + named + " " + what);
        failed.initCause(cause);
        return failed;
    }
}
