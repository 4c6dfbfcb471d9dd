package io.replaylinker.serdes.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.replaylinker.serdes.RegistryUnavailableException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which credentials go to a registry, and where they must never go. */
class RegistryLoginIT {

    private static final String ANSWER = ScriptedRegistry.schemaAnswer("\"string\"");

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void shouldReportThatTheLoginIsRefusedAndNotTryAgain(int status) {
        try (ScriptedRegistry server = ScriptedRegistry.statuses("{\"error_code\":" + status + "}", status)) {
            // Given
            SchemaRegistry registry = open("http://ada:s3cret@" + server.authority());

            // When / Then
            assertThatThrownBy(() -> registry.byId(1))
                    .isInstanceOf(RegistryAccessException.class)
                    .hasMessageContainingAll(server.url(), "basic.auth.user.info")
                    .hasMessageNotContainingAny("ada", "s3cret");
            assertThat(server.lines()).hasSize(1);
        }
    }

    @Test
    void shouldSendTheLoginOfTheUrl() {
        assertAuthorization(Map.of(), "ada:p%40ss@", "Basic YWRhOnBAc3M=");
    }

    @Test
    void shouldSendTheLoginOfTheSettings() {
        assertAuthorization(
                Map.of("basic.auth.credentials.source", "USER_INFO", "basic.auth.user.info", "ada:p@ss"),
                "other:login@",
                "Basic YWRhOnBAc3M=");
    }

    @Test
    void shouldSendTheLoginOfThePrefixedSettings() {
        assertAuthorization(
                Map.of(
                        "schema.registry.basic.auth.credentials.source", "USER_INFO",
                        "schema.registry.basic.auth.user.info", "ada:p@ss"),
                "",
                "Basic YWRhOnBAc3M=");
    }

    @Test
    void shouldSendTheToken() {
        assertAuthorization(
                Map.of("bearer.auth.credentials.source", "STATIC_TOKEN", "bearer.auth.token", "abc.def"),
                "",
                "Bearer abc.def");
    }

    private static void assertAuthorization(Map<String, Object> settings, String userInfo, String expected) {
        try (ScriptedRegistry server = ScriptedRegistry.statuses(ANSWER, 200)) {
            // When
            open("http://" + userInfo + server.authority(), settings).byId(1);

            // Then
            assertThat(server.requests())
                    .extracting(ScriptedRegistry.Request::authorization)
                    .containsExactly(expected);
        }
    }

    @Test
    void shouldNotCarryTheLoginToWhereARedirectLeads() {
        try (ScriptedRegistry elsewhere = ScriptedRegistry.statuses(ANSWER, 200);
                ScriptedRegistry server = ScriptedRegistry.of((exchange, request) -> {
                    exchange.getResponseHeaders().set("Location", elsewhere.url() + "/schemas/ids/1");
                    ScriptedRegistry.send(exchange, 302, "");
                })) {
            // When / Then
            assertThatThrownBy(() ->
                            open("http://ada:s3cret@" + server.authority()).byId(1))
                    .isInstanceOf(RegistryUnavailableException.class)
                    .hasMessageContaining("redirect");
            assertThat(elsewhere.lines()).isEmpty();
        }
    }

    private static SchemaRegistry open(String url) {
        return open(url, Map.of());
    }

    private static SchemaRegistry open(String url, Map<String, Object> more) {
        Map<String, Object> settings = new HashMap<>(Map.of(
                "schema.registry.url", List.of(url.split(",", -1)),
                "retries.wait.ms", 1,
                "retries.max.wait.ms", 5,
                "max.retries", 2));
        settings.putAll(more);
        return SchemaRegistry.open(RegistrySettings.of(settings));
    }
}
