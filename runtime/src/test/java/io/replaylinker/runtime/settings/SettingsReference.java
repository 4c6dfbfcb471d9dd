package io.replaylinker.runtime.settings;

import io.replaylinker.runtime.wiring.KafkaProperties;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** The reference of all settings, made of the table of settings and of the text around it in {@code configuration.md.template}. */
final class SettingsReference {

    private static final String HEAD = """
            | setting | value | default | |
            |---|---|---|---|
            """;

    private SettingsReference() {}

    static String page() {
        return template()
                .replace("${settings}", groups())
                .replace(
                        "${harmless}",
                        PassThrough.harmless().stream()
                                .sorted()
                                .map(name -> "`" + name + "`")
                                .collect(Collectors.joining(", ")))
                .replace("${choices}", choices());
    }

    private static String groups() {
        return WorkerSettings.GROUPS.stream().map(SettingsReference::group).collect(Collectors.joining("\n"));
    }

    private static String group(SettingsGroup group) {
        return "### " + group.title() + "\n\n" + group.about() + "\n\n" + HEAD
                + group.settings().stream().map(SettingsReference::row).collect(Collectors.joining());
    }

    private static String row(Setting<?> setting) {
        String variable = setting.environmentName() + (setting.secret() ? "[_FILE]" : "");
        return "| `%s`<br>`%s` | %s | %s | %s |\n"
                .formatted(setting.name(), variable, value(setting), fallback(setting), cell(setting.doc()));
    }

    private static String value(Setting<?> setting) {
        return setting.secret() ? "a secret" : cell(setting.type().description());
    }

    private static String fallback(Setting<?> setting) {
        return setting.defaultText() == null ? "" : "`" + setting.defaultText() + "`";
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }

    private static String choices() {
        Settings none = SettingsReader.readWithoutKafka(null, Map.of());
        return "| setting | the worker's value |\n|---|---|\n"
                + new KafkaProperties(none)
                        .choices().entrySet().stream()
                                .map(choice -> "| `%s` | `%s` |\n".formatted(choice.getKey(), choice.getValue()))
                                .collect(Collectors.joining());
    }

    private static String template() {
        try (InputStream in =
                Objects.requireNonNull(SettingsReference.class.getResourceAsStream("configuration.md.template"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
