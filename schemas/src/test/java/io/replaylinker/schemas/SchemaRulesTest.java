package io.replaylinker.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every schema keeps to, so that it explains itself and can grow. */
class SchemaRulesTest {

    @Test
    void shouldKeepToTheRules() throws IOException {
        // Given
        List<String> broken = new ArrayList<>();

        // When
        SchemaFiles.read(SchemaFiles.TODAY).values().forEach(schema -> check(schema, broken));

        // Then
        assertThat(broken).isEmpty();
    }

    @Test
    void shouldFindEveryBrokenRule() {
        // Given
        List<String> broken = new ArrayList<>();
        Schema schema = new Schema.Parser().parse("""
                        {"type": "record", "name": "R", "fields": [
                          {"name": "a", "type": ["null", "long"]},
                          {"name": "b", "type": {"type": "array", "items": "string"}, "doc": "B."},
                          {"name": "c", "type": "double", "doc": "C."}]}""");

        // When
        check(schema, broken);
        check(new Schema.Parser().parse("""
                {"type": "enum", "name": "E", "symbols": ["X"]}"""), broken);

        // Then
        assertThat(broken)
                .containsExactly(
                        "R has no doc",
                        "R.a has no doc",
                        "R.a may be missing and has no default",
                        "R.b may be missing and has no default",
                        "E has no doc",
                        "E has no default symbol");
    }

    /** Consumers of the output topics see times as times. Producers of the input topics write plain numbers in any language. */
    @Test
    void shouldMarkTheTimesOfTheOutputAsTimes() throws IOException {
        // Given
        Map<String, Schema> schemas = SchemaFiles.read(SchemaFiles.TODAY);

        // When
        List<String> marked = new ArrayList<>();
        List<String> times = new ArrayList<>();
        for (String name : List.of("Link", "Unlinked", "ReplayState", "DeadLetter", "EventSummary", "TraceNode")) {
            for (Schema.Field field : Objects.requireNonNull(schemas.get(name)).getFields()) {
                if (LogicalTypes.timestampMillis().equals(field.schema().getLogicalType())) {
                    marked.add(name + "." + field.name());
                }
                if (field.doc().contains("epoch milliseconds")) {
                    times.add(name + "." + field.name());
                }
            }
        }

        // Then
        assertThat(marked).hasSize(8).isEqualTo(times);
    }

    /** An Instant would be made for each record that is read or written, and Avro generates no coders for it. */
    @Test
    void shouldKeepTimesAsNumbersInTheGeneratedClasses() throws ReflectiveOperationException {
        // When
        Schema timestamp =
                EventSummary.getClassSchema().getField("timestamp_ms").schema();

        // Then
        assertThat(timestamp.getLogicalType()).isEqualTo(LogicalTypes.timestampMillis());
        assertThat(EventSummary.class.getMethod("getTimestampMs").getReturnType())
                .isEqualTo(long.class);
        assertThat(new EventSummary().hasCustomCoders()).isTrue();
    }

    private static void check(Schema schema, List<String> broken) {
        if (isBlank(schema.getDoc())) {
            broken.add(schema.getName() + " has no doc");
        }
        if (schema.getType() == Schema.Type.ENUM && schema.getEnumDefault() == null) {
            broken.add(schema.getName() + " has no default symbol");
        }
        if (schema.getType() == Schema.Type.RECORD) {
            schema.getFields().forEach(field -> check(schema.getName() + "." + field.name(), field, broken));
        }
    }

    private static void check(String name, Schema.Field field, List<String> broken) {
        if (isBlank(field.doc())) {
            broken.add(name + " has no doc");
        }
        boolean optional = field.schema().isNullable() || field.schema().getType() == Schema.Type.ARRAY;
        if (optional && !field.hasDefaultValue()) {
            broken.add(name + " may be missing and has no default");
        }
    }

    private static boolean isBlank(@Nullable String text) {
        return text == null || text.isBlank();
    }
}
