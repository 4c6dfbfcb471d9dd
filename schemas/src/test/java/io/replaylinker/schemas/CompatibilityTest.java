package io.replaylinker.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds today's schemas to every release: old records stay readable, and old programs can read new records. */
class CompatibilityTest {

    /** Written to topics that others read, or, the last two, read by the other half of a rolling upgrade. */
    private static final List<String> PROMISES = List.of(
            "BackendEvent",
            "ReplaySegment",
            "Link",
            "Unlinked",
            "ReplayState",
            "DeadLetter",
            "Claim",
            "ReplayObservation");

    static Stream<Arguments> promises() throws IOException {
        Map<String, Schema> today = SchemaFiles.read(SchemaFiles.TODAY);
        List<Arguments> promises = new ArrayList<>();
        for (Path release : SchemaFiles.releases()) {
            Map<String, Schema> released = SchemaFiles.read(release);
            PROMISES.stream()
                    .filter(released::containsKey)
                    .map(name -> Arguments.of(name, release.getFileName(), today.get(name), released.get(name)))
                    .forEach(promises::add);
        }
        return promises.stream();
    }

    @ParameterizedTest(name = "{0} and {1}")
    @MethodSource("promises")
    void shouldBeFullyCompatibleWithEveryRelease(String name, Path release, Schema today, Schema released) {
        // When
        List<String> violations = FullCompatibility.violations(today, released);

        // Then
        assertThat(violations).as("%s against %s", name, release).isEmpty();
    }

    @Test
    void shouldKnowTheReleaseOfEveryPromise() throws IOException {
        // When
        List<Path> releases = SchemaFiles.releases();

        // Then
        Path last = releases.get(releases.size() - 1);
        assertThat(SchemaFiles.read(last)).containsKeys(PROMISES.toArray(String[]::new));
    }

    @Test
    void shouldGenerateTheClassesFromTheFiles() throws IOException {
        // When
        Map<String, Schema> today = SchemaFiles.read(SchemaFiles.TODAY);

        // Then
        assertThat(FullCompatibility.violations(Link.getClassSchema(), schema(today, "Link")))
                .isEmpty();
        assertThat(Link.getClassSchema().getFields())
                .hasSameSizeAs(schema(today, "Link").getFields());
    }

    static Stream<Arguments> breakingChanges() {
        String id = "{'name': 'id', 'type': 'string'}";
        String kind = "{'name': 'kind', 'type': {'type': 'enum', 'name': 'Kind', 'symbols': [%s]}}";
        return Stream.of(
                Arguments.of("a field more, without default", id, id + ", {'name': 'more', 'type': 'long'}"),
                Arguments.of("a field less, which had no default", id, ""),
                Arguments.of("another name", id, "{'name': 'event_id', 'type': 'string'}"),
                Arguments.of("a wider type", "{'name': 'n', 'type': 'int'}", "{'name': 'n', 'type': 'long'}"),
                Arguments.of("null allowed", id, "{'name': 'id', 'type': ['null', 'string'], 'default': null}"),
                Arguments.of("a symbol more, without default", kind.formatted("'A'"), kind.formatted("'A', 'B'")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("breakingChanges")
    void shouldFindABreakingChange(String change, String released, String changed) {
        // When
        List<String> violations = FullCompatibility.violations(record(changed), record(released));

        // Then
        assertThat(violations).as(change).isNotEmpty();
    }

    @Test
    void shouldAllowAFieldWithDefault() {
        // When
        List<String> violations = FullCompatibility.violations(
                record("{'name': 'more', 'type': ['null', 'long'], 'default': null}"), record(""));

        // Then
        assertThat(violations).isEmpty();
    }

    private static Schema record(String fields) {
        String json = "{'type': 'record', 'name': 'R', 'fields': [" + fields + "]}";
        return new Schema.Parser().parse(json.replace('\'', '"'));
    }

    private static Schema schema(Map<String, Schema> schemas, String name) {
        return Objects.requireNonNull(schemas.get(name));
    }
}
