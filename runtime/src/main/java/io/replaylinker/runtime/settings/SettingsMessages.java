package io.replaylinker.runtime.settings;

import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Messages about settings that cannot be used. */
final class SettingsMessages {

    private SettingsMessages() {}

    static String unknown(String origin, String name, Collection<String> known) {
        return FormerNames.became(name)
                .map(became -> origin + ": " + became)
                .or(() -> NearestName.of(name, known)
                        .map(nearest -> "%s: no such setting; do you mean %s?".formatted(origin, nearest)))
                .orElse(origin + ": no such setting");
    }

    static String wrong(String origin, Setting<?> setting, String text) {
        String found = setting.secret() ? "" : ", not '" + Shown.text(text) + "'";
        return "%s: must be %s%s".formatted(origin, setting.type().description(), found);
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
