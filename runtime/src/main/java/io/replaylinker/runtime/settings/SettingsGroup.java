package io.replaylinker.runtime.settings;

import java.util.List;

/**
 * Settings of one purpose.
 *
 * @param title a heading of the reference
 * @param about one or two sentences below it, in Markdown
 */
public record SettingsGroup(String title, String about, List<Setting<?>> settings) {

    SettingsGroup(String title, String about, Setting<?>... settings) {
        this(title, about, List.of(settings));
    }
}
