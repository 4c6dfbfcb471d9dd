package io.replaylinker.tools.reprocess;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.replaylinker.runtime.cli.TextTable;
import io.replaylinker.serdes.Ids;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a run planned and did, as text or as one JSON object. */
final class Report {

    private static final Map<Change.Kind, String> DESCRIPTIONS = Map.of(
            Change.Kind.ADDED, "got a link",
            Change.Kind.CHANGED, "have another link, or a changed one",
            Change.Kind.RETRACTED, "lost their link",
            Change.Kind.EXPLAINED, "still have no link, for another reason",
            Change.Kind.SAME, "are unchanged",
            Change.Kind.KEPT, "are kept unchanged: the tables contain what the run could not read");

    private static final Map<Change.Kind, String> SIGNS = Map.of(
            Change.Kind.ADDED, "+", Change.Kind.CHANGED, "~", Change.Kind.RETRACTED, "-", Change.Kind.EXPLAINED, "?");

    private Report() {}

    /** Prints what changed. */
    static void print(Tally tally, PrintWriter out) {
        Map<Change.Kind, Long> counts = tally.counts();
        long events = counts.values().stream().mapToLong(Long::longValue).sum();
        tally.each(line -> out.println("%s event %s  project %s%s%s"
                .formatted(
                        SIGNS.get(line.kind()),
                        Ids.hex(line.event()),
                        Long.toUnsignedString(line.project()),
                        line.replay() == null ? "" : "  replay " + Ids.hex(line.replay()),
                        line.why().isEmpty() ? "" : "  " + line.why())));
        out.println(events + " events have a claim");
        TextTable table = new TextTable("  ", ">", "");
        for (Change.Kind kind : Change.Kind.values()) {
            table.row(Long.toString(counts.getOrDefault(kind, 0L)), DESCRIPTIONS.getOrDefault(kind, ""));
        }
        List<String> lines = table.lines();
        lines.subList(1, lines.size()).forEach(out::println);
        out.println(tally.replayStates() + " replays whose state was missing");
        out.flush();
    }

    /**
     * The plan, and what changed if the run has come to its end.
     *
     * @param diff event by event too
     */
    static void json(Plan plan, @Nullable Tally tally, boolean diff, PrintWriter out) {
        try (JsonGenerator json = new JsonFactory()
                .createGenerator(out)
                .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
                .useDefaultPrettyPrinter()) {
            json.writeStartObject();
            plan(plan, json);
            if (tally != null) {
                summary(tally, json);
                if (diff) {
                    changes(tally, json);
                }
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        out.println();
        out.flush();
    }

    private static void plan(Plan plan, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("plan");
        json.writeStringField("from", plan.range().from().toString());
        json.writeStringField("to", plan.range().to().toString());
        json.writeStringField("read_from", plan.readFrom().toString());
        json.writeStringField("read_to", plan.readTo().toString());
        json.writeNumberField("records", plan.records());
        size(json, plan.bytes());
        json.writeArrayFieldStart("partitions");
        for (Plan.Part part : plan.parts()) {
            json.writeStartObject();
            json.writeStringField("topic", part.partition().topic());
            json.writeNumberField("partition", part.partition().partition());
            json.writeNumberField("start", part.start());
            json.writeNumberField("stop", part.stop());
            size(json, part.bytes());
            json.writeNumberField("missing_ms", part.missing().toMillis());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("warnings");
        for (String warning : PlanText.warnings(plan)) {
            json.writeString(warning);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void size(JsonGenerator json, long bytes) throws IOException {
        if (bytes < 0) {
            json.writeNullField("bytes");
        } else {
            json.writeNumberField("bytes", bytes);
        }
    }

    private static void summary(Tally tally, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("events");
        for (Map.Entry<Change.Kind, Long> count : tally.counts().entrySet()) {
            json.writeNumberField(count.getKey().name().toLowerCase(Locale.ROOT), count.getValue());
        }
        json.writeEndObject();
        json.writeNumberField("replay_states", tally.replayStates());
    }

    private static void changes(Tally tally, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("changes");
        tally.each(line -> {
            try {
                json.writeStartObject();
                json.writeStringField("kind", line.kind().name().toLowerCase(Locale.ROOT));
                json.writeStringField("event_id", Ids.hex(line.event()));
                json.writeStringField("project_id", Long.toUnsignedString(line.project()));
                json.writeStringField("replay_id", line.replay() == null ? null : Ids.hex(line.replay()));
                json.writeStringField("why", line.why().isEmpty() ? null : line.why());
                json.writeEndObject();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        json.writeEndArray();
    }
}
