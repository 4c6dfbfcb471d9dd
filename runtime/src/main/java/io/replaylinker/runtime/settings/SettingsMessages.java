package io.replaylinker.runtime.settings;

import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Messages about settings that cannot be used. */
final class SettingsMessages {

    private SettingsMessages() {}

    /** @param meant the name that was probably meant */
    static String unknown(String label, Optional<String> meant) {
        return label + ": no such setting"
                + meant.map(name -> "; do you mean " + name + "?").orElse("");
    }

    /**
     * The name that was probably meant by an unknown one.
     *
     * @param known names of all settings, without those that are passed through
     */
    static Optional<String> meant(String unknown, Collection<String> known) {
        if (KafkaDefinitions.defines(unknown)) {
            return Optional.of(PassThrough.KAFKA.named(unknown));
        }
        List<String> names = new ArrayList<>(known);
        names.add(Contradictions.BROKERS);
        return NearestName.of(unknown, names);
    }

    static String wrong(String label, Setting<?> setting, String text) {
        String found = setting.secret() ? "" : ", not '" + Shown.text(text) + "'";
        return "%s: must be %s%s".formatted(label, setting.type().description(), found);
    }

    static String cause(Exception e) {
        if (e instanceof NoSuchFileException) {
            return "no such file";
        }
        if (e instanceof AccessDeniedException) {
            return "no permission";
        }
        @Nullable String message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message;
    }
}
