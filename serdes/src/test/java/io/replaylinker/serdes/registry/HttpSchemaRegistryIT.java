package io.replaylinker.serdes.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.replaylinker.serdes.RegistryUnavailableException;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What our client makes of a registry's answers. That a real registry gives such answers is tested elsewhere. */
class HttpSchemaRegistryIT {

    private static final Schema SCHEMA =
            SchemaBuilder.record("R").fields().requiredString("id").endRecord();

    @Test
    void shouldFetchASchemaOnce() {
        try (ScriptedRegistry server = ScriptedRegistry.knowing(
                Map.of("GET /schemas/ids/7", ScriptedRegistry.schemaAnswer(SCHEMA.toString())))) {
            // Given
            SchemaRegistry registry = open(server);

            // When
            Schema first = registry.byId(7);
            Schema second = registry.byId(7);

            // Then
            assertThat(first).isEqualTo(SCHEMA).isSameAs(second);
            assertThat(server.lines()).containsExactly("GET /schemas/ids/7");
        }
    }

    @Test
    void shouldFetchASchemaByGuid() {
        UUID guid = UUID.fromString("89791762-2336-4186-9674-299b90a802e2");
        try (ScriptedRegistry server = ScriptedRegistry.knowing(
                Map.of("GET /schemas/guids/" + guid, ScriptedRegistry.schemaAnswer(SCHEMA.toString())))) {
            // When
            Schema schema = open(server).byGuid(guid);

            // Then
            assertThat(schema).isEqualTo(SCHEMA);
        }
    }

    @Test
    void shouldReportThatThereIsNoSuchGuidEvenWhereThereAreNone() {
        try (ScriptedRegistry server = ScriptedRegistry.statuses("<html>Not Found</html>", 404)) {
            // When / Then
            assertThatThrownBy(() -> open(server).byGuid(UUID.randomUUID())).isInstanceOf(UnknownSchemaException.class);
        }
    }

    @Test
    void shouldFetchWhatASchemaRefersTo() {
        // Given
        String user = "{\"type\":\"record\",\"name\":\"U\",\"fields\":[{\"name\":\"r\",\"type\":\"R\"}]}";
        String answer = ScriptedRegistry.schemaAnswer(user)
                .replaceFirst("\\{", "{\"references\":[{\"name\":\"R\",\"subject\":\"a/b c\",\"version\":3}],");
        try (ScriptedRegistry server = ScriptedRegistry.knowing(Map.of(
                "GET /schemas/ids/7",
                answer,
                "GET /subjects/a%2Fb%20c/versions/3",
                ScriptedRegistry.schemaAnswer(SCHEMA.toString())))) {
            // When
            Schema schema = open(server).byId(7);

            // Then
            assertThat(schema.getField("r").schema()).isEqualTo(SCHEMA);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
    void shouldNotAskForAnIdThatNoRegistryGives(int id) {
        try (ScriptedRegistry server = ScriptedRegistry.statuses("", 500)) {
            // When / Then
            assertThatThrownBy(() -> open(server).byId(id)).isInstanceOf(UnknownSchemaException.class);
            assertThat(server.lines()).isEmpty();
        }
    }

    @Test
    void shouldRegisterUnderTheEncodedSubject() {
        try (ScriptedRegistry server = ScriptedRegistry.statuses("{\"id\":12,\"version\":{\"new\":[1]}}", 200)) {
            // When
            int id = open(server).register("links/ä-value", SCHEMA);

            // Then
            assertThat(id).isEqualTo(12);
            assertThat(server.requests()).singleElement().satisfies(request -> {
                assertThat(request.line()).isEqualTo("POST /subjects/links%2F%C3%A4-value/versions");
                assertThat(request.body()).isEqualTo(ScriptedRegistry.schemaAnswer(SCHEMA.toString()));
            });
        }
    }

    @Test
    void shouldReportSubjectAndReasonOfAnIncompatibleSchema() {
        String message =
                "{\"error_code\":409,\"message\":\"Schema being registered is incompatible:\\nREADER_FIELD_MISSING at /fields/3\"}";
        try (ScriptedRegistry server =
                refusing(message, 404, "{\"error_code\":40403,\"message\":\"Schema not found\"}")) {
            // When / Then
            assertThatThrownBy(() -> open(server).register("links-value", SCHEMA))
                    .isInstanceOf(IncompatibleSchemaException.class)
                    .hasMessageContainingAll("links-value", "incompatible", "READER_FIELD_MISSING at /fields/3")
                    .hasMessageNotContaining("\n");
            assertThat(server.lines())
                    .containsExactly("POST /subjects/links-value/versions", "POST /subjects/links-value");
        }
    }

    @Test
    void shouldTakeTheIdOfTheSameSchemaThatAnotherWorkerHasJustRegistered() {
        // Given: as Apicurio 2.6 responds to the second of two workers that start together
        String conflict = "{\"error_code\":409,\"message\":\"An artifact with ID 'links-value' already exists.\"}";
        try (ScriptedRegistry server = refusing(conflict, 200, "{\"id\":12,\"version\":1}")) {
            // When
            int id = open(server).register("links-value", SCHEMA);

            // Then
            assertThat(id).isEqualTo(12);
            assertThat(server.requests())
                    .extracting(ScriptedRegistry.Request::body)
                    .containsOnly(ScriptedRegistry.schemaAnswer(SCHEMA.toString()));
        }
    }

    @Test
    void shouldNotTakeAnOutageAfterAConflictForAnIncompatibleSchema() {
        try (ScriptedRegistry server = refusing("{\"error_code\":409}", 503, "")) {
            // When / Then
            assertThatThrownBy(() -> open(server).register("links-value", SCHEMA))
                    .isInstanceOf(RegistryUnavailableException.class);
        }
    }

    @Test
    void shouldRefuseASchemaOfAnotherKind() {
        try (ScriptedRegistry server =
                ScriptedRegistry.statuses("{\"schemaType\":\"PROTOBUF\",\"schema\":\"message M {}\"}", 200)) {
            // When / Then
            assertThatThrownBy(() -> open(server).byId(1))
                    .isInstanceOf(IncompatibleSchemaException.class)
                    .hasRootCauseMessage("its type is PROTOBUF");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 900, 100_000})
    void shouldRefuseASchemaThatNestsWithoutEnd(int depth) {
        String schema = "{\"type\":\"array\",\"items\":".repeat(depth) + "\"long\"" + "}".repeat(depth);
        try (ScriptedRegistry server = ScriptedRegistry.statuses(ScriptedRegistry.schemaAnswer(schema), 200)) {
            // When / Then
            assertThatThrownBy(() -> open(server).byId(1)).isInstanceOf(IncompatibleSchemaException.class);
        }
    }

    @Test
    void shouldRefuseASchemaWhoseTypesMultiply() {
        // Given: thirty records, each holding the one before twice, unfold to two to the thirtieth
        StringBuilder schema = new StringBuilder("{\"type\":\"record\",\"name\":\"R0\",\"fields\":[]}");
        for (int i = 1; i <= 30; i++) {
            schema.insert(0, "{\"type\":\"record\",\"name\":\"R" + i + "\",\"fields\":[{\"name\":\"a\",\"type\":");
            schema.append("},{\"name\":\"b\",\"type\":\"R" + (i - 1) + "\"}]}");
        }
        try (ScriptedRegistry server =
                ScriptedRegistry.statuses(ScriptedRegistry.schemaAnswer(schema.toString()), 200)) {
            // When / Then
            assertThatThrownBy(() -> open(server).byId(1)).isInstanceOf(IncompatibleSchemaException.class);
        }
    }

    @Test
    void shouldAcceptASchemaInsideItself() {
        String list = "{\"type\":\"record\",\"name\":\"L\",\"fields\":[{\"name\":\"next\",\"type\":[\"null\",\"L\"]}]}";
        try (ScriptedRegistry server = ScriptedRegistry.statuses(ScriptedRegistry.schemaAnswer(list), 200)) {
            // When / Then
            assertThat(open(server).byId(1).getName()).isEqualTo("L");
        }
    }

    @Test
    void shouldFindTheNewestOfASubject() {
        String answer =
                ScriptedRegistry.schemaAnswer(SCHEMA.toString()).replaceFirst("\\{", "{\"id\":9,\"version\":2,");
        try (ScriptedRegistry server =
                ScriptedRegistry.knowing(Map.of("GET /subjects/s-value/versions/latest", answer))) {
            // When
            RegisteredSchema latest = open(server).latest("s-value");

            // Then
            assertThat(latest).isEqualTo(new RegisteredSchema(9, SCHEMA));
        }
    }

    @Test
    void shouldReportThatASubjectLacksASchema() {
        try (ScriptedRegistry server = ScriptedRegistry.knowing(Map.of())) {
            // When / Then
            assertThatThrownBy(() -> open(server).idOf("s-value", SCHEMA))
                    .isInstanceOf(UnknownSchemaException.class)
                    .hasMessageContaining("R under subject s-value");
        }
    }

    /** A registry that answers 409 to a registration and then this to the question for the id. */
    private static ScriptedRegistry refusing(String conflict, int status, String answer) {
        return ScriptedRegistry.of((exchange, request) -> {
            boolean registration = request.line().endsWith("/versions");
            ScriptedRegistry.send(exchange, registration ? 409 : status, registration ? conflict : answer);
        });
    }

    private static SchemaRegistry open(ScriptedRegistry server) {
        return SchemaRegistry.open(RegistrySettings.of(
                Map.of("schema.registry.url", server.url(), "retries.wait.ms", 1, "max.retries", 1)));
    }
}
