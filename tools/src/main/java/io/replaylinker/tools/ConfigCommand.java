package io.replaylinker.tools;

import com.fasterxml.jackson.core.JsonGenerator;
import io.replaylinker.runtime.cli.ConfigOption;
import io.replaylinker.runtime.cli.ConfiguredCommand;
import io.replaylinker.runtime.cli.ExitCodes;
import io.replaylinker.runtime.cli.JsonText;
import io.replaylinker.runtime.cli.Results;
import io.replaylinker.runtime.cli.TextTable;
import io.replaylinker.runtime.settings.Settings;
import io.replaylinker.runtime.wiring.KafkaProperties;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Prints the effective settings. */
@Command(
        name = "config",
        description = "Print the effective settings, secrets masked, and where each value comes from; needs no server.")
final class ConfigCommand extends ConfiguredCommand {

    /** Origin of values for Kafka's clients that the worker chooses where the user sets none. */
    private static final String OUR_CHOICE = "worker";

    @Option(names = "--changed", description = "Only what was set, without defaults.")
    private boolean changed;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    protected int run(ConfigOption config, Results results) throws IOException {
        List<Row> rows = rows(config.settingsWithoutKafka(System.getenv()));
        results.print(json ? JsonText.of(out -> write(rows, out)) : String.join(System.lineSeparator(), lines(rows)));
        return ExitCodes.OK;
    }

    private record Row(String name, String value, String from, String place) {}

    private List<Row> rows(Settings settings) {
        Stream<Row> given = (changed ? settings.changed() : settings.effective())
                .stream()
                        .map(setting -> new Row(
                                setting.name(),
                                setting.shown(),
                                setting.origin().kind().label(),
                                setting.origin().place()));
        Stream<Row> ours = changed
                ? Stream.empty()
                : new KafkaProperties(settings)
                        .choices().entrySet().stream()
                                .map(choice -> new Row(choice.getKey(), choice.getValue(), OUR_CHOICE, ""));
        return Stream.concat(given, ours).toList();
    }

    private static List<String> lines(List<Row> rows) {
        TextTable table = new TextTable("", "setting", "value", "from");
        rows.forEach(row -> table.row(
                row.name(), row.value(), row.place().isEmpty() ? row.from() : row.from() + ": " + row.place()));
        return table.lines();
    }

    private static void write(List<Row> rows, JsonGenerator out) throws IOException {
        out.writeStartObject();
        out.writeArrayFieldStart("settings");
        for (Row row : rows) {
            out.writeStartObject();
            out.writeStringField("name", row.name());
            out.writeStringField("value", row.value());
            out.writeStringField("from", row.from());
            out.writeStringField("place", row.place().isEmpty() ? null : row.place());
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeEndObject();
    }
}
